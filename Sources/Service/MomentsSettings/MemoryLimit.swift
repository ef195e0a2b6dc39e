internal import MomentsSystem

/// How much memory a worker may use.
public enum MemoryLimit: Sendable, Hashable {
    /// Three quarters of the machine's memory, shared among the workers, but at least 1 GiB.
    case auto
    /// So many bytes.
    case bytes(Int64)
    /// As much as there is.
    case unlimited

    /// The limit in bytes where so many workers may run at once; nil for no limit.
    func bytes(workers: Int) -> Int64? {
        switch self {
        case .auto: max(1 << 30, Machine.memory / 4 * 3 / Int64(max(1, workers)))
        case .bytes(let bytes): bytes
        case .unlimited: nil
        }
    }
}
