/// In which order videos are taken.
public enum QueueOrder: String, CaseIterable, Sendable {
    /// The oldest first, but a large one waits for as long as it would keep smaller ones waiting.
    case fair
    /// The oldest first, whatever its size.
    case oldest
    /// The smallest first.
    case smallest

    /// What a video is ranked by: the smaller, the sooner.
    ///
    /// - Parameters:
    ///   - arrival: When it was noticed, in seconds.
    ///   - size: Its size in bytes.
    /// - Returns: A number that means nothing by itself.
    public func rank(arrival: Double, size: Int64) -> Double {
        switch self {
        // Ten megabytes are about a second of work: a film of 5 GB lets what comes within eight minutes pass.
        case .fair: arrival + Double(size) / 10e6
        case .oldest: arrival
        case .smallest: Double(size)
        }
    }
}
