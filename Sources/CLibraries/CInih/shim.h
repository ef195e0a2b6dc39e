#include <ini.h>

// Debian's build keeps inih's compile-time choices as global variables, which Swift does not let us touch.
// systemd's habits: no comment behind a value, no continued lines, lines of any reasonable length.
static inline void moments_ini_configure(int longest_line) {
    ini_allow_multiline = false;
    ini_allow_inline_comments = false;
    ini_allow_no_value = false;
    ini_use_stack = false;
    ini_allow_realloc = false;
    ini_max_line = longest_line;
    ini_initial_alloc = longest_line;
}
