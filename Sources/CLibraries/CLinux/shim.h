// Kernel interfaces that Swift's Glibc module leaves out, or that are variadic in C.
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <linux/landlock.h>

static const unsigned int moments_rename_noreplace = 1; // RENAME_NOREPLACE

static inline int moments_renameat2(int from, const char *old, int to, const char *name, unsigned int flags) {
    return (int)syscall(SYS_renameat2, from, old, to, name, flags);
}

static inline int moments_no_new_privileges(void) { return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); }

static inline int moments_set_lease(int fd, int type) { return fcntl(fd, 1024 /* F_SETLEASE */, type); }

static inline int moments_fcntl(int fd, int command, long argument) { return fcntl(fd, command, argument); }

// Landlock has no wrappers in this C library. Each returns -1 and sets errno, as system calls do.
static inline int moments_landlock_version(void) {
    return (int)syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
}

static inline int moments_landlock_ruleset(uint64_t handled) {
    struct landlock_ruleset_attr attributes = {.handled_access_fs = handled};
    return (int)syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0);
}

static inline int moments_landlock_allow(int ruleset, int parent, uint64_t allowed) {
    struct landlock_path_beneath_attr attributes = {.allowed_access = allowed, .parent_fd = parent};
    return (int)syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &attributes, 0);
}

static inline int moments_landlock_restrict(int ruleset) {
    return (int)syscall(SYS_landlock_restrict_self, ruleset, 0);
}
