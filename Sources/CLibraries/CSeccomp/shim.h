#include <errno.h>
#include <seccomp.h>

// Refuses a call with an error number; the library's own macros for it do not come through the importer.
static inline uint32_t moments_refuse(int error) { return SCMP_ACT_ERRNO(error); }

static const uint32_t moments_allow = SCMP_ACT_ALLOW;
static const uint32_t moments_kill = SCMP_ACT_KILL_PROCESS;

// Matches a system call whose `argument` has another value than this.
static inline struct scmp_arg_cmp moments_other_than(unsigned int argument, uint64_t value) {
    return SCMP_CMP64(argument, SCMP_CMP_NE, value);
}

// Allows a system call where `argument` has exactly `value` in the bits of `mask`.
static inline struct scmp_arg_cmp moments_bits(unsigned int argument, uint64_t mask, uint64_t value) {
    return SCMP_CMP64(argument, SCMP_CMP_MASKED_EQ, mask, value);
}
