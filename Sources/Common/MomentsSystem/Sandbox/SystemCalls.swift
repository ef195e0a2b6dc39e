internal import Glibc

/// Which system calls a worker may make, made from traces of jobs of every kind of video and every encoder.
enum SystemCalls {
    /// A condition on an argument: what it has in the bits of a mask.
    struct Bits {
        let argument: UInt32
        let mask: UInt64
        let value: UInt64
    }

    /// Calls that are allowed whatever their arguments: Landlock has the last word about files.
    static let allowed = files + memory + threads + waiting + itself

    private static let files = [
        "access", "close", "close_range", "creat", "dup", "dup2", "dup3", "faccessat", "faccessat2", "fadvise64",
        "fallocate", "fdatasync", "fstat", "fstatfs", "fsync", "ftruncate", "getcwd", "getdents", "getdents64", "lseek",
        "lstat", "mkdir", "mkdirat", "newfstatat", "pread64", "preadv", "preadv2", "pwrite64", "pwritev", "pwritev2",
        "read", "readahead", "readlink", "readlinkat", "readv", "rename", "renameat", "renameat2", "rmdir", "stat",
        "statfs", "statx", "unlink", "unlinkat", "write", "writev",
    ]

    private static let memory = ["brk", "madvise", "membarrier", "mincore", "mremap", "msync", "munmap"]

    private static let threads = [
        "exit", "exit_group", "futex", "futex_waitv", "get_robust_list", "getcpu", "gettid", "rseq",
        "sched_getaffinity",
        "sched_getattr", "sched_getparam", "sched_get_priority_max", "sched_get_priority_min", "sched_getscheduler",
        "sched_yield", "set_robust_list", "set_tid_address",
    ]

    private static let waiting = [
        "clock_getres", "clock_gettime", "clock_nanosleep", "epoll_create", "epoll_create1", "epoll_ctl", "epoll_pwait",
        "epoll_pwait2", "epoll_wait", "eventfd", "eventfd2", "gettimeofday", "nanosleep", "pause", "pipe", "pipe2",
        "poll", "ppoll", "pselect6", "restart_syscall", "rt_sigaction", "rt_sigpending", "rt_sigprocmask",
        "rt_sigreturn", "rt_sigsuspend", "rt_sigtimedwait", "select", "sigaltstack", "time", "timerfd_create",
        "timerfd_gettime", "timerfd_settime",
    ]

    private static let itself = [
        "getegid", "geteuid", "getgid", "getgroups", "getpgid", "getpgrp", "getpid", "getppid", "getrandom",
        "getresgid", "getresuid", "getrlimit", "getrusage", "getsid", "getuid", "sysinfo", "times", "umask", "uname",
    ]

    /// Calls a library may try, which fail: they would change what is not the process's own, or lead out of it.
    static let refused = [
        // Others' files, also the input through its descriptor.
        "chdir", "chmod", "chown", "chroot", "fchdir", "fchmod", "fchmodat", "fchmodat2", "fchown", "fchownat",
        "fremovexattr", "fsetxattr", "futimesat", "lchown", "link", "linkat", "lremovexattr", "lsetxattr", "mknod",
        "mknodat", "removexattr", "removexattrat", "setxattr", "setxattrat", "symlink", "symlinkat", "truncate",
        "utime", "utimensat", "utimes",
        // Other processes.
        "execve", "execveat", "fork", "pidfd_getfd", "pidfd_open", "pidfd_send_signal", "process_madvise",
        "sched_setaffinity", "sched_setattr", "sched_setparam", "sched_setscheduler", "setpgid", "setsid", "tkill",
        "vfork", "ioprio_set", "setrlimit",
        // The network, and whoever listens on this machine.
        "accept", "accept4", "bind", "connect", "listen", "mq_open", "msgget", "recvfrom", "recvmmsg", "recvmsg",
        "semget", "sendmmsg", "sendmsg", "sendto", "shmat", "shmget", "socket", "socketpair",
        // Code that was not there when the process began.
        "memfd_create", "memfd_secret", "pkey_mprotect", "remap_file_pages", "uselib",
        // Watching others.
        "fanotify_init", "fanotify_mark", "inotify_add_watch", "inotify_init", "inotify_init1",
    ]

    /// Calls that no codec makes by mistake.
    static let hostile = [
        "acct", "add_key", "bpf", "clock_adjtime", "clock_settime", "delete_module", "finit_module", "fsconfig",
        "fsmount", "fsopen", "fspick", "init_module", "io_uring_enter", "io_uring_register", "io_uring_setup", "ioperm",
        "iopl", "kcmp", "kexec_file_load", "kexec_load", "keyctl", "modify_ldt", "mount", "mount_setattr", "move_mount",
        "name_to_handle_at", "nfsservctl", "open_by_handle_at", "open_tree", "perf_event_open", "personality",
        "pivot_root", "process_vm_readv", "process_vm_writev", "ptrace", "quotactl", "quotactl_fd", "reboot",
        "request_key", "setdomainname", "setfsgid", "setfsuid", "setgid", "setgroups", "sethostname", "setns",
        "setregid", "setresgid", "setresuid", "setreuid", "settimeofday", "setuid", "swapoff", "swapon", "sysfs",
        "syslog", "umount2", "unshare", "userfaultfd", "vhangup",
    ]

    /// Calls that are allowed under one of several conditions; clone3, whose flags no filter sees, gives ENOSYS.
    static func conditional(process: pid_t) -> [(name: String, conditions: [[Bits]])] {
        [
            // A thread, and nothing that has an identity or a name space of its own.
            ("clone", [[bits(0, mask: thread | processFlags, thread)]]),
            ("mmap", [0, 1, 0x20].map { [bits(2, mask: execute, 0), bits(3, mask: shared | anonymous, $0)] }),
            ("mprotect", [[bits(2, mask: execute, 0)]]),
            // Landlock asks for the right to write only where a file is opened for that, before its version 3.
            ("open", openModes(1)), ("openat", openModes(2)),
            ("fcntl", fileCommands.map { [bits(1, $0)] }),
            ("ioctl", [terminalAttributes, bytesReady].map { [bits(1, $0)] }),
            ("prctl", [setName, getName, nameMemory].map { [bits(0, $0)] }),
            ("kill", [[bits(0, UInt64(process))]]),
            ("tgkill", [[bits(0, UInt64(process))]]),
            ("rt_tgsigqueueinfo", [[bits(0, UInt64(process))]]),
            // Reading its own limits, and the priority of its own threads.
            ("prlimit64", [[bits(0, 0), bits(2, mask: .max, 0)]]),
            ("setpriority", [[bits(0, 0), bits(1, 0)]]),
            ("getpriority", [[bits(0, 0), bits(1, 0)]]),
        ]
    }

    /// A condition on the low half of an argument: what the kernel looks at in an `int`.
    private static func bits(_ argument: UInt32, mask: UInt64 = 0xffff_ffff, _ value: UInt64) -> Bits {
        Bits(argument: argument, mask: mask, value: value)
    }

    private static func openModes(_ argument: UInt32) -> [[Bits]] {
        [
            [bits(argument, mask: truncate, 0)], [bits(argument, mask: truncate | 3, truncate | 1)],
            [bits(argument, mask: truncate | 3, truncate | 2)],
        ]
    }

    /// `CLONE_VM`, `CLONE_SIGHAND`, `CLONE_THREAD`.
    private static let thread: UInt64 = 0x100 | 0x800 | 0x10000
    /// Every CLONE_NEW…, `CLONE_PTRACE`, `CLONE_VFORK`, `CLONE_PARENT`, `CLONE_UNTRACED`, `CLONE_PIDFD`, `CLONE_IO`.
    private static let processFlags: UInt64 =
        0x7e02_0000 | 0x2000 | 0x4000 | 0x8000 | 0x80_0000 | 0x1000 | 0x8000_0000 | 0x80
    private static let execute: UInt64 = 4
    private static let shared: UInt64 = 1
    private static let anonymous: UInt64 = 0x20
    private static let truncate: UInt64 = 0o1000
    /// Duplicating, descriptor and status flags, the size of a pipe; neither leases nor who gets signals.
    private static let fileCommands: [UInt64] = [0, 1, 2, 3, 4, 1030, 1032]
    private static let terminalAttributes: UInt64 = 0x5401
    private static let bytesReady: UInt64 = 0x541b
    private static let setName: UInt64 = 15
    private static let getName: UInt64 = 16
    /// `PR_SET_VMA`.
    private static let nameMemory: UInt64 = 0x5356_4d41
}
