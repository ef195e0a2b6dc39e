// Kernel interfaces that Swift's Glibc module leaves out, or that are variadic in C.
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/inotify.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <linux/capability.h>
#include <linux/landlock.h>
#include <linux/openat2.h>
#include <linux/seccomp.h>

static const unsigned int moments_rename_noreplace = 1; // RENAME_NOREPLACE

static inline int moments_renameat2(int from, const char *old, int to, const char *name, unsigned int flags) {
    return (int)syscall(SYS_renameat2, from, old, to, name, flags);
}

// Its first fifteen bytes are kept.
static inline void moments_name_thread(const char *name) { prctl(PR_SET_NAME, name, 0, 0, 0); }

static inline int moments_no_new_privileges(void) { return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); }

static inline int moments_drop_bounding(int capability) { return prctl(PR_CAPBSET_DROP, capability, 0, 0, 0); }

static inline int moments_clear_ambient(void) { return prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0); }

static inline int moments_not_dumpable(void) { return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }

// Gives up every capability but those of `kept` that the process has.
static inline int moments_keep_capabilities(uint64_t kept) {
    struct __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
    struct __user_cap_data_struct data[2] = {{0}};
    if (syscall(SYS_capget, &header, data) != 0) return -1;
    for (int half = 0; half < 2; half++) {
        uint32_t mask = (uint32_t)(kept >> (32 * half));
        data[half].permitted &= mask;
        data[half].effective &= mask;
        data[half].inheritable = 0;
    }
    return (int)syscall(SYS_capset, &header, data);
}

static inline int moments_adopt_orphans(void) { return prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0); }

static inline int moments_close_from(unsigned int first) { return (int)syscall(SYS_close_range, first, ~0U, 0); }

// Whether the kernel knows a filter's action, such as ending the process.
static inline bool moments_filter_is_offered(uint32_t action) {
    return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}

static inline int moments_set_lease(int fd, int type) { return fcntl(fd, 1024 /* F_SETLEASE */, type); }

static inline int moments_fcntl(int fd, int command, long argument) { return fcntl(fd, command, argument); }

// Landlock has no wrappers in this C library. Each returns -1 and sets errno, as system calls do.
static inline int moments_landlock_version(void) {
    return (int)syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
}

// Rights about files, about the network and about other processes; a kernel is only told of those it knows.
static inline int moments_landlock_ruleset(uint64_t files, uint64_t network, uint64_t scoped) {
    uint64_t attributes[3] = {files, network, scoped};
    size_t size = scoped ? 24 : network ? 16 : 8;
    return (int)syscall(SYS_landlock_create_ruleset, attributes, size, 0);
}

static inline int moments_landlock_allow(int ruleset, int parent, uint64_t allowed) {
    struct landlock_path_beneath_attr attributes = {.allowed_access = allowed, .parent_fd = parent};
    return (int)syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &attributes, 0);
}

static inline int moments_landlock_restrict(int ruleset) {
    return (int)syscall(SYS_landlock_restrict_self, ruleset, 0);
}
static const int moments_seek_data = 3; // SEEK_DATA
static const int moments_seek_hole = 4; // SEEK_HOLE

// Opens `path` below the folder `root`: no link on the way, no way out; -1 with ENOSYS before Linux 5.6.
static inline int moments_open_beneath(int root, const char *path, uint64_t flags) {
    struct open_how how = {.flags = flags, .mode = 0, .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS};
    return (int)syscall(SYS_openat2, root, path, &how, sizeof(how));
}

static inline int moments_syncfs(int fd) { return (int)syscall(SYS_syncfs, fd); }

static inline int moments_pidfd_open(int pid) { return (int)syscall(SYS_pidfd_open, pid, 0); }

struct moments_limit { uint64_t soft, hard; };

static inline int moments_set_memory_limit(int pid, uint64_t bytes) {
    struct moments_limit limit = {bytes, bytes};
    return (int)syscall(SYS_prlimit64, pid, 2 /* RLIMIT_DATA */, &limit, (void *)0);
}

// Numbers of asm-generic/resource.h, some of which this C library shows only to the default standard.
static const int moments_limit_processor = 0, moments_limit_file_size = 1, moments_limit_core = 4,
                 moments_limit_threads = 6, moments_limit_files = 7, moments_limit_locked = 8,
                 moments_limit_queues = 12;

// Lowers a limit of this process for good; one that is lower already stays.
static inline void moments_lower_limit(int resource, uint64_t value) {
    struct moments_limit limit;
    if (syscall(SYS_prlimit64, 0, resource, (void *)0, &limit) != 0) return;
    if (value < limit.hard) limit.hard = value;
    if (limit.soft > limit.hard) limit.soft = limit.hard;
    syscall(SYS_prlimit64, 0, resource, &limit, (void *)0);
}

static inline unsigned long moments_file_system_type(const char *path) {
    struct statfs status;
    return statfs(path, &status) == 0 ? (unsigned long)status.f_type & 0xffffffffUL : 0;
}

static const int moments_o_path = 010000000; // O_PATH

static inline int moments_pipe(int ends[2]) { return (int)syscall(SYS_pipe2, ends, O_CLOEXEC); }

// glibc has it since 2.34, but shows it only to _GNU_SOURCE.
extern int posix_spawn_file_actions_addclosefrom_np(void *actions, int from);

static inline int moments_epoll_create(void) { return epoll_create1(EPOLL_CLOEXEC); }

static const uint32_t moments_input = EPOLLIN | EPOLLRDHUP;
static const uint32_t moments_exceptions = EPOLLPRI | EPOLLERR;

// Asks for one report of `events` on `fd`, under the number `id`; `operation` is EPOLL_CTL_ADD (1), _DEL (2) or _MOD (3).
static inline int moments_epoll_once(int epoll, int operation, int fd, uint32_t events, uint64_t id) {
    struct epoll_event event = {.events = events | EPOLLONESHOT, .data = {.u64 = id}};
    return epoll_ctl(epoll, operation, fd, &event);
}

// Has every change of a descriptor that is never read reported under a number, once each.
//
// Asking for each anew would poll it, and what is only reported as a change would be taken as seen.
static inline int moments_epoll_changes(int epoll, int fd, uint32_t events, uint64_t id) {
    struct epoll_event event = {.events = events | EPOLLET, .data = {.u64 = id}};
    return epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
}

// Waits for reports without end; returns how many numbers were put into `ids`, or -1.
static inline int moments_epoll_wait(int epoll, uint64_t *ids, int capacity) {
    struct epoll_event events[16];
    int count = epoll_wait(epoll, events, capacity < 16 ? capacity : 16, -1);
    for (int index = 0; index < count; index++) ids[index] = events[index].data.u64;
    return count;
}

// Keeps the signals from this thread and those it makes later, and opens a descriptor that tells of them; -1 on failure.
static inline int moments_take_signals(const int *signals, int count) {
    sigset_t set;
    sigemptyset(&set);
    for (int index = 0; index < count; index++) sigaddset(&set, signals[index]);
    if (pthread_sigmask(SIG_BLOCK, &set, NULL) != 0) return -1;
    return signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
}

// The next signal such a descriptor tells of; 0 for none.
static inline int moments_next_signal(int fd) {
    struct signalfd_siginfo info;
    return read(fd, &info, sizeof info) == (ssize_t)sizeof info ? (int)info.ssi_signo : 0;
}
