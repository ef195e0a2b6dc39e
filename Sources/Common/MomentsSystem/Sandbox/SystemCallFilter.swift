internal import CLinux
internal import CSeccomp
internal import Glibc

/// Leaves a process the system calls that decoding and encoding take, and refuses all others.
///
/// A call on no list fails with ENOSYS, as on an older kernel, which libraries are prepared for; one that would change
/// what is not the process's own fails with EPERM; and one that no codec ever makes by mistake ends the process.
enum SystemCallFilter {
    /// Whether the kernel takes such filters.
    static var isOffered: Bool { moments_filter_is_offered(moments_kill) }

    /// Installs the filter for every thread, for good.
    ///
    /// - Returns: Whether it holds now.
    static func install() -> Bool {
        guard let filter = seccomp_init(moments_refuse(ENOSYS)) else { return false }
        defer { seccomp_release(filter) }
        // A tree instead of a chain: what is called most is not compared with everything before it.
        _ = seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2)
        _ = seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1)
        // By itself the library ends only the thread that tries another architecture's calls, and the rest hangs.
        _ = seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, moments_kill)
        for name in SystemCalls.allowed { add(name, moments_allow, to: filter) }
        for name in SystemCalls.refused { add(name, moments_refuse(EPERM), to: filter) }
        for name in SystemCalls.hostile { add(name, moments_kill, to: filter) }
        for (name, conditions) in SystemCalls.conditional(process: getpid()) {
            for condition in conditions { add(name, moments_allow, condition, to: filter) }
        }
        return seccomp_load(filter) == 0
    }

    /// Refuses a process, and all it starts, every socket but those with a path, and what leads out of a sandbox.
    ///
    /// - Returns: Whether it holds now.
    static func installForCommand() -> Bool {
        guard let filter = seccomp_init(moments_allow) else { return false }
        defer { seccomp_release(filter) }
        _ = seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1)
        _ = seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, moments_kill)
        for name in SystemCalls.hostile { add(name, moments_refuse(EPERM), to: filter) }
        let comparison = [moments_other_than(0, UInt64(AF_UNIX))]
        for name in ["socket", "socketpair"] {
            let number = seccomp_syscall_resolve_name(name)
            guard number >= 0, seccomp_rule_add_array(filter, moments_refuse(EACCES), number, 1, comparison) == 0 else {
                return false
            }
        }
        return seccomp_load(filter) == 0
    }

    /// Adds a rule; a call that this machine does not have needs none.
    private static func add(
        _ name: String,
        _ action: UInt32,
        _ condition: [SystemCalls.Bits] = [],
        to filter: scmp_filter_ctx
    ) {
        let number = seccomp_syscall_resolve_name(name)
        guard number >= 0 else { return }
        let comparisons = condition.map { moments_bits($0.argument, $0.mask, $0.value) }
        _ = seccomp_rule_add_array(filter, action, number, UInt32(comparisons.count), comparisons)
    }
}
