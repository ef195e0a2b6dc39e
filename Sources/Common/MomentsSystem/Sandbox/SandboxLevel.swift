/// How far a process is, or could be, shut in.
public struct SandboxLevel: Hashable, Sendable {
    /// The version of Landlock's interface in force, 0 where there is none.
    public let landlock: Int
    /// Whether only the system calls that decoding needs are left.
    public let hasFilter: Bool

    init(landlock: Int, hasFilter: Bool) {
        self.landlock = landlock
        self.hasFilter = hasFilter
    }

    /// What is missing and what to do about it, a sentence each; empty where nothing is.
    ///
    /// From its first version on, Landlock leaves nothing open beside the filter: truncating, devices, the network and
    /// signals, which later versions cover, are refused by the filter as well.
    public var gaps: [String] {
        var gaps: [String] = []
        if landlock < 1 {
            gaps.append(
                "The kernel offers no Landlock, so files are not kept from a worker; it takes Linux 5.13 or newer with "
                    + "landlock among its security modules (lsm= at boot)."
            )
        }
        if !hasFilter {
            gaps.append(
                "The kernel takes no system call filter, so a worker is not kept from sockets, signals and other "
                    + "processes; it takes one built with seccomp, and a container that allows it."
            )
        }
        return gaps
    }

    /// Whether everything that is promised of a worker holds.
    public var isWhole: Bool { gaps.isEmpty }
}

extension SandboxLevel: CustomStringConvertible {
    /// What holds, in a few words.
    public var description: String {
        let parts = (landlock > 0 ? ["Landlock \(landlock)"] : []) + (hasFilter ? ["system call filter"] : [])
        return parts.isEmpty ? "none" : parts.joined(separator: ", ")
    }
}
