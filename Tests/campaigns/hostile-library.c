// A library as an exploit in a codec would leave it: its code runs inside the real worker, at its first look at a video.
//
// The video's name says what is attempted: "chmod-source.mp4". One line on the standard error tells what came of it:
// "attempt NAME: CODE", with 0 where it succeeded and the error's name where it was refused; nothing where it was killed.
// MOMENTS_VICTIM names a file of the same user beside the video, MOMENTS_SOCKET the daemon's socket.
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <linux/netlink.h>
#include <linux/perf_event.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/msg.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <time.h>
#include <unistd.h>

static const char *source, *victim;
static char folder[4096];

// Each attempt gives 0 for success, or -1 with errno.
#define ATTEMPT(name, expression) \
    static long name(void) { return (expression) < 0 ? -1 : 0; }

static int opened(const char *path, int flags) { return open(path, flags, 0600); }
static const char *beside(const char *name) {
    static char path[4200];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}
static const char *of_parent(const char *name) {
    static char path[64];
    snprintf(path, sizeof path, "/proc/%d/%s", getppid(), name);
    return path;
}
static int source_file(void) { return open(source, O_RDONLY); }
static const struct timespec long_ago[2] = {{1, 0}, {1, 0}};

// Files.
ATTEMPT(read_victim, opened(victim, O_RDONLY))
ATTEMPT(write_victim, opened(victim, O_WRONLY))
ATTEMPT(write_source, opened(source, O_RDWR))
ATTEMPT(truncate_victim, truncate(victim, 0))
ATTEMPT(truncate_source, truncate(source, 0))
ATTEMPT(truncate_source_by_open, opened(source, O_RDONLY | O_TRUNC))
ATTEMPT(truncate_victim_by_open, opened(victim, O_RDONLY | O_TRUNC))
ATTEMPT(truncate_source_by_mode_3, opened(source, 3 | O_TRUNC))
ATTEMPT(chmod_source, chmod(source, 0777))
ATTEMPT(chmod_victim, chmod(victim, 0777))
ATTEMPT(fchmod_source, fchmod(source_file(), 0777))
ATTEMPT(fchmodat2_source, syscall(452, AT_FDCWD, source, 0777, 0))
ATTEMPT(chown_source, chown(source, -1, getegid()))
ATTEMPT(fchown_source, fchown(source_file(), -1, getegid()))
ATTEMPT(utimensat_source, utimensat(AT_FDCWD, source, long_ago, 0))
ATTEMPT(utimensat_victim, utimensat(AT_FDCWD, victim, long_ago, 0))
ATTEMPT(futimens_source, futimens(source_file(), long_ago))
ATTEMPT(setxattr_source, setxattr(source, "user.moments", "x", 1, 0))
ATTEMPT(setxattr_victim, setxattr(victim, "user.moments", "x", 1, 0))
ATTEMPT(fsetxattr_source, fsetxattr(source_file(), "user.moments", "x", 1, 0))
ATTEMPT(unlink_source, unlink(source))
ATTEMPT(rename_source, rename(source, beside("renamed")))
ATTEMPT(link_source, link(source, beside("linked")))
ATTEMPT(symlink_here, symlink("/etc/passwd", beside("symbolic")))
ATTEMPT(make_file, opened(beside("made"), O_WRONLY | O_CREAT))
ATTEMPT(make_folder, mkdir(beside("folder"), 0700))
ATTEMPT(make_pipe, mkfifo(beside("fifo"), 0600))
ATTEMPT(make_hidden_file, opened(folder, O_TMPFILE | O_RDWR))
ATTEMPT(make_in_tmp, opened("/tmp/moments-hostile", O_WRONLY | O_CREAT))
ATTEMPT(make_in_shared_memory, opened("/dev/shm/moments-hostile", O_RDWR | O_CREAT))
ATTEMPT(list_folder, opendir(folder) ? 0 : -1)
ATTEMPT(list_root, opendir("/") ? 0 : -1)
ATTEMPT(read_passwd, opened("/etc/passwd", O_RDONLY))
ATTEMPT(read_memory_of_parent, opened(of_parent("mem"), O_RDWR))
ATTEMPT(read_environment_of_parent, opened(of_parent("environ"), O_RDONLY))
ATTEMPT(read_descriptors_of_parent, opened(of_parent("fd/0"), O_RDWR))
ATTEMPT(open_device, opened("/dev/tty", O_RDWR))
ATTEMPT(use_inherited_file, fcntl(9, F_GETFD))
ATTEMPT(change_folder, chdir("/"))
ATTEMPT(change_root, chroot("/"))
ATTEMPT(lease_source, fcntl(source_file(), F_SETLEASE, F_RDLCK))
ATTEMPT(notify_folder, fcntl(source_file(), F_NOTIFY, DN_MODIFY))
ATTEMPT(watch_folder, syscall(SYS_inotify_init1, 0))
ATTEMPT(watch_everything, syscall(SYS_fanotify_init, 0, 0))
ATTEMPT(handle_of_file, syscall(SYS_name_to_handle_at, AT_FDCWD, victim, folder, folder, 0))
ATTEMPT(open_by_handle, syscall(SYS_open_by_handle_at, AT_FDCWD, folder, O_RDONLY))
ATTEMPT(set_quota, syscall(SYS_quotactl, 0, "", 0, 0))
ATTEMPT(account, syscall(SYS_acct, NULL))

// Other processes.
ATTEMPT(signal_parent, kill(getppid(), SIGCONT))
ATTEMPT(signal_group, kill(0, SIGCONT))
ATTEMPT(signal_everybody, kill(-1, SIGCONT))
ATTEMPT(tgkill_parent, syscall(SYS_tgkill, getppid(), getppid(), SIGCONT))
ATTEMPT(tkill_parent, syscall(SYS_tkill, getppid(), SIGCONT))
ATTEMPT(queue_signal_to_parent, syscall(SYS_rt_sigqueueinfo, getppid(), SIGCONT, &(siginfo_t){.si_code = -1}))
ATTEMPT(pidfd_of_parent, syscall(SYS_pidfd_open, getppid(), 0))
ATTEMPT(own_signals_of_parent, fcntl(0, F_SETOWN, getppid()))
ATTEMPT(trace_parent, ptrace(PTRACE_SEIZE, getppid(), NULL, NULL))
ATTEMPT(read_parent, process_vm_readv(getppid(), &(struct iovec){folder, 1}, 1, &(struct iovec){folder, 1}, 1, 0))
ATTEMPT(write_parent, process_vm_writev(getppid(), &(struct iovec){folder, 1}, 1, &(struct iovec){folder, 1}, 1, 0))
ATTEMPT(compare_parent, syscall(SYS_kcmp, getpid(), getppid(), 0, 0, 0))
ATTEMPT(limit_parent, prlimit(getppid(), RLIMIT_NOFILE, &(struct rlimit){64, 64}, NULL))
ATTEMPT(read_limits_of_parent, prlimit(getppid(), RLIMIT_NOFILE, NULL, &(struct rlimit){0}))
ATTEMPT(raise_own_limits, setrlimit(RLIMIT_FSIZE, &(struct rlimit){RLIM_INFINITY, RLIM_INFINITY}))
ATTEMPT(nice_parent, setpriority(PRIO_PROCESS, getppid(), 19))
ATTEMPT(nice_group, setpriority(PRIO_PGRP, 0, 19))
ATTEMPT(pin_parent, sched_setaffinity(getppid(), sizeof(cpu_set_t), &(cpu_set_t){{1}}))
ATTEMPT(schedule_parent, sched_setscheduler(getppid(), SCHED_IDLE, &(struct sched_param){0}))
ATTEMPT(io_priority_of_parent, syscall(SYS_ioprio_set, 1, getppid(), 7))
ATTEMPT(fork_process, syscall(SYS_fork))
ATTEMPT(clone_process, syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0))
ATTEMPT(clone3_process, syscall(SYS_clone3, &(uint64_t[11]){[4] = SIGCHLD}, 88))
ATTEMPT(clone_user_namespace, syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0))
static char *const words[] = {"true", NULL};
ATTEMPT(execute, execve("/bin/true", words, NULL))
static long execute_memory(void) {
    int memory = (int)syscall(SYS_memfd_create, "x", 0);
    return memory < 0 ? -1 : syscall(SYS_execveat, memory, "", words, NULL, AT_EMPTY_PATH);
}
ATTEMPT(new_session, setsid())
ATTEMPT(new_group, setpgid(0, 0))
ATTEMPT(unshare_users, unshare(CLONE_NEWUSER))
ATTEMPT(enter_namespace, setns(0, 0))
ATTEMPT(become_dumpable, prctl(PR_SET_DUMPABLE, 1, 0, 0, 0))
ATTEMPT(adopt_orphans, prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0))
ATTEMPT(own_filter, prctl(PR_SET_SECCOMP, 2, NULL, 0, 0))
ATTEMPT(raise_capability, prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, 28, 0, 0))
ATTEMPT(become_root, setuid(0))
ATTEMPT(change_personality, syscall(SYS_personality, 0x0400000))

// The network, and whoever listens on this machine.
static long connected(int family, const void *address, socklen_t length) {
    int end = socket(family, SOCK_STREAM, 0);
    return end < 0 ? -1 : connect(end, address, length);
}
static long to_path(const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s", path ? path : "");
    return connected(AF_UNIX, &address, sizeof address);
}
ATTEMPT(status_socket, to_path(getenv("MOMENTS_SOCKET")))
ATTEMPT(journal_socket, to_path("/run/systemd/journal/stdout"))
ATTEMPT(bus_socket, to_path("/run/dbus/system_bus_socket"))
ATTEMPT(abstract_socket, connected(AF_UNIX, "\1\0\0moments", 10))
ATTEMPT(unix_socket, socket(AF_UNIX, SOCK_DGRAM, 0))
ATTEMPT(socket_pair, socketpair(AF_UNIX, SOCK_STREAM, 0, (int[2]){0}))
static struct sockaddr_in loopback = {.sin_family = AF_INET, .sin_addr = {0x0100007f}, .sin_port = 0x1600};
ATTEMPT(tcp_to_loopback, connected(AF_INET, &loopback, sizeof loopback))
ATTEMPT(internet_socket, socket(AF_INET, SOCK_DGRAM, 0))
ATTEMPT(internet_6_socket, socket(AF_INET6, SOCK_STREAM, 0))
ATTEMPT(netlink_socket, socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE))
ATTEMPT(packet_socket, socket(AF_PACKET, SOCK_RAW, 0))
ATTEMPT(vsock_socket, socket(40, SOCK_STREAM, 0))
ATTEMPT(crypto_socket, socket(38, SOCK_SEQPACKET, 0))
ATTEMPT(send_on_input, sendto(0, "x", 1, 0, NULL, 0))
ATTEMPT(message_queue, msgget(IPC_PRIVATE, 0600))
ATTEMPT(posix_queue, syscall(SYS_mq_open, "moments", O_RDWR | O_CREAT, 0600, NULL))
ATTEMPT(semaphores, semget(IPC_PRIVATE, 1, 0600))
ATTEMPT(shared_segment, shmget(IPC_PRIVATE, 4096, 0600))

// Memory.
static long mapped(size_t bytes, int protection, int flags) {
    return mmap(NULL, bytes, protection, flags | MAP_ANONYMOUS, -1, 0) == MAP_FAILED ? -1 : 0;
}
ATTEMPT(writable_code, mapped(4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE))
ATTEMPT(code, mapped(4096, PROT_READ | PROT_EXEC, MAP_PRIVATE))
static long code_from_data(void) {
    void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return mprotect(page, 4096, PROT_READ | PROT_EXEC);
}
static long code_from_file(void) {
    return mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE, source_file(), 0) == MAP_FAILED ? -1 : 0;
}
static long code_by_key(void) {
    void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return syscall(SYS_pkey_mprotect, page, 4096, PROT_READ | PROT_EXEC, -1);
}
ATTEMPT(uncounted_memory, mapped(1 << 20, PROT_READ | PROT_WRITE, MAP_SHARED))
ATTEMPT(memory_file, syscall(SYS_memfd_create, "x", 0))
ATTEMPT(secret_memory, syscall(447, 0))
ATTEMPT(locked_memory, mlockall(MCL_CURRENT | MCL_FUTURE))
ATTEMPT(all_memory, mapped((size_t)1 << 40, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_NORESERVE))
static void *idle(void *nothing) {
    pause();
    return nothing;
}
static long threads_without_end(void) {
    pthread_t thread;
    pthread_attr_t small;
    pthread_attr_init(&small);
    pthread_attr_setstacksize(&small, 16384);
    for (int count = 0; count < 20000; count++) {
        int code = pthread_create(&thread, &small, idle, NULL);
        if (code) return errno = code, -1;
    }
    return 0;
}
static long descriptors_without_end(void) {
    for (int count = 0; count < 100000; count++)
        if (dup(0) < 0) return -1;
    return 0;
}

// The kernel.
ATTEMPT(ring, syscall(SYS_io_uring_setup, 1, folder))
ATTEMPT(kernel_program, syscall(SYS_bpf, BPF_MAP_CREATE, folder, 64))
ATTEMPT(page_faults, syscall(SYS_userfaultfd, 1))
ATTEMPT(performance, syscall(SYS_perf_event_open, &(struct perf_event_attr){.size = 64}, 0, -1, -1, 0))
ATTEMPT(add_key, syscall(SYS_add_key, "user", "moments", "x", 1, -2))
ATTEMPT(request_key, syscall(SYS_request_key, "user", "moments", NULL, -2))
ATTEMPT(keys, syscall(SYS_keyctl, 0, -3, 1))
ATTEMPT(module, syscall(SYS_init_module, folder, 0, ""))
ATTEMPT(other_kernel, syscall(SYS_kexec_load, 0, 0, NULL, 0))
ATTEMPT(mount_something, mount("none", folder, "tmpfs", 0, NULL))
ATTEMPT(unmount_something, umount2(folder, MNT_DETACH))
ATTEMPT(open_tree_of_mounts, syscall(SYS_open_tree, AT_FDCWD, folder, 1))
ATTEMPT(new_mounts, syscall(SYS_fsopen, "tmpfs", 0))
ATTEMPT(pivot, syscall(SYS_pivot_root, folder, folder))
ATTEMPT(restart_machine, syscall(SYS_reboot, 0, 0, 0, 0))
ATTEMPT(swap, syscall(SYS_swapoff, "/nonexistent"))
ATTEMPT(kernel_log, syscall(SYS_syslog, 10, NULL, 0))
ATTEMPT(set_clock, clock_settime(CLOCK_REALTIME, long_ago))
ATTEMPT(host_name, sethostname("x", 1))
ATTEMPT(ports, syscall(SYS_ioperm, 0, 1, 1))
ATTEMPT(segments, syscall(SYS_modify_ldt, 0, folder, 16))
ATTEMPT(type_into_terminal, ioctl(0, TIOCSTI, "x"))
ATTEMPT(clone_file_by_control, ioctl(1, 0x40049409, source_file()))
ATTEMPT(unknown_call, syscall(100000))
#if defined(__x86_64__)
static long call_of_32_bits(void) {
    long result = 20; // getpid of i386
    __asm__ volatile("int $0x80" : "+a"(result) : : "memory", "r8", "r9", "r10", "r11");
    return result < 0 ? (errno = (int)-result, -1) : 0;
}
ATTEMPT(call_of_x32, syscall(0x40000000 | SYS_getpid))
#endif
static long take_capabilities(void) {
    uint32_t header[2] = {0x20080522, 0}, data[6] = {~0u, ~0u, 0, ~0u, ~0u, 0};
    return syscall(SYS_capset, header, data);
}

// What stays possible; the promise does not say otherwise.
static long look_at_victim(void) {
    struct stat status;
    return stat(victim, &status);
}
ATTEMPT(read_source, source_file())
ATTEMPT(signal_itself, kill(getpid(), 0))
static long one_thread(void) {
    pthread_t thread;
    return pthread_create(&thread, NULL, idle, NULL) == 0 ? 0 : -1;
}

struct attempt {
    const char *name;
    long (*make)(void);
};
#define A(name) {#name, name},
static const struct attempt refused[] = {
    A(read_victim) A(write_victim) A(write_source) A(truncate_victim) A(truncate_source) A(truncate_source_by_open)
    A(truncate_victim_by_open) A(truncate_source_by_mode_3) A(chmod_source) A(chmod_victim) A(fchmod_source)
    A(fchmodat2_source) A(chown_source) A(fchown_source) A(utimensat_source) A(utimensat_victim) A(futimens_source)
    A(setxattr_source) A(setxattr_victim) A(fsetxattr_source) A(unlink_source) A(rename_source) A(link_source)
    A(symlink_here) A(make_file) A(make_folder) A(make_pipe) A(make_hidden_file) A(make_in_tmp)
    A(make_in_shared_memory) A(list_folder) A(list_root) A(read_passwd) A(read_memory_of_parent)
    A(read_environment_of_parent) A(read_descriptors_of_parent) A(open_device) A(use_inherited_file) A(change_folder) A(change_root)
    A(lease_source) A(notify_folder) A(watch_folder) A(watch_everything) A(handle_of_file) A(open_by_handle)
    A(set_quota) A(account) A(signal_parent) A(signal_group) A(signal_everybody) A(tgkill_parent) A(tkill_parent)
    A(queue_signal_to_parent) A(pidfd_of_parent) A(own_signals_of_parent) A(trace_parent) A(read_parent)
    A(write_parent) A(compare_parent) A(limit_parent) A(read_limits_of_parent) A(raise_own_limits) A(nice_parent)
    A(nice_group) A(pin_parent) A(schedule_parent) A(io_priority_of_parent) A(fork_process) A(clone_process)
    A(clone3_process) A(clone_user_namespace) A(execute) A(execute_memory) A(new_session) A(new_group)
    A(unshare_users) A(enter_namespace) A(become_dumpable) A(adopt_orphans) A(own_filter) A(raise_capability)
    A(become_root) A(change_personality) A(status_socket) A(journal_socket) A(bus_socket) A(abstract_socket)
    A(unix_socket) A(socket_pair) A(tcp_to_loopback) A(internet_socket) A(internet_6_socket) A(netlink_socket)
    A(packet_socket) A(vsock_socket) A(crypto_socket) A(send_on_input) A(message_queue) A(posix_queue) A(semaphores)
    A(shared_segment) A(writable_code) A(code) A(code_from_data) A(code_from_file) A(code_by_key) A(uncounted_memory)
    A(memory_file) A(secret_memory) A(locked_memory) A(all_memory) A(threads_without_end) A(descriptors_without_end)
    A(ring) A(kernel_program) A(page_faults) A(performance) A(add_key) A(request_key) A(keys) A(module)
    A(other_kernel) A(mount_something) A(unmount_something) A(open_tree_of_mounts) A(new_mounts) A(pivot)
    A(restart_machine) A(swap) A(kernel_log) A(set_clock) A(host_name) A(ports) A(segments) A(type_into_terminal)
    A(clone_file_by_control) A(unknown_call) A(take_capabilities)
#if defined(__x86_64__)
    A(call_of_32_bits) A(call_of_x32)
#endif
};
static const struct attempt possible[] = {A(read_source) A(look_at_victim) A(signal_itself) A(one_thread)};
#define COUNT(list) (sizeof list / sizeof *list)

static void attempt(const struct attempt *list, size_t count, const char *name) {
    for (size_t index = 0; index < count; index++) {
        if (strcmp(list[index].name, name) != 0) continue;
        errno = 0;
        long result = list[index].make();
        dprintf(2, "attempt %s: %s\n", name, result == 0 ? "0" : strerrorname_np(errno));
        _exit(9);
    }
}

// The worker hands its video over as an open file: what its name is, the kernel tells.
static int find_source(void) {
    static char path[4096];
    for (int file = 3; file < 64; file++) {
        char link[64];
        snprintf(link, sizeof link, "/proc/self/fd/%d", file);
        ssize_t length = readlink(link, path, sizeof path - 1);
        if (length < 5 || strncmp(path + length - 4, ".mp4", 4) != 0) continue;
        path[length] = 0;
        source = path;
        return 1;
    }
    return 0;
}

static void begin(void) {
    victim = getenv("MOMENTS_VICTIM");
    if (!victim || !find_source()) return;
    const char *slash = strrchr(source, '/');
    snprintf(folder, sizeof folder, "%.*s", (int)(slash - source), source);
    char name[256];
    snprintf(name, sizeof name, "%s", slash + 1);
    name[strcspn(name, ".")] = 0;
    attempt(refused, COUNT(refused), name);
    attempt(possible, COUNT(possible), name);
    dprintf(2, "attempt %s: unknown\n", name);
}

int avformat_open_input(void **context, const char *url, const void *format, void **options) {
    static int begun;
    if (!begun++) begin();
    int (*next)(void **, const char *, const void *, void **) = dlsym(RTLD_NEXT, "avformat_open_input");
    return next(context, url, format, options);
}

// As a program: prints the names of the attempts, "refused NAME" or "possible NAME".
#ifdef LIST
int main(void) {
    for (size_t index = 0; index < COUNT(refused); index++) printf("refused %s\n", refused[index].name);
    for (size_t index = 0; index < COUNT(possible); index++) printf("possible %s\n", possible[index].name);
}
#endif
