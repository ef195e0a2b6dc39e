/// Whether the people who share an inbox take turns, and what tells them apart.
public enum FairShare: String, CaseIterable, Codable, Sendable {
    /// They do not: everybody's videos stand in one queue.
    case off
    /// By who owns the file.
    case owner
    /// By the first-level folder of the inbox that it lies in.
    case folder

    /// Whose a video is.
    ///
    /// - Parameters:
    ///   - user: The user who owns the file; nil where that is not known.
    ///   - folder: The video's folder below the inbox.
    /// - Returns: The owner.
    public func owner(user: UInt32?, folder: FilePath) -> Owner {
        switch self {
        case .off: .everybody
        case .owner: user.map { .user($0) } ?? .everybody
        case .folder: .folder(folder.components.first ?? "")
        }
    }
}
