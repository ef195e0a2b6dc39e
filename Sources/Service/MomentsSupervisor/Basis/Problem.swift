package import MomentsCore

/// Something that is wrong at a moment.
package enum Problem: Hashable, Sendable {
    /// The inbox is not there, or is another one.
    case inbox
    /// The outbox is not there, or is another one.
    case outbox
    /// Something in the inbox cannot be looked at.
    case reading
    /// A folder of the inbox cannot be listed.
    case folder(FilePath)
    /// A video cannot be read yet.
    case video
    /// There is no room for the next result.
    case space
    /// Manifests can no longer be written.
    case manifests
    /// A manifest cannot be written, because a file server does not answer.
    case server
    /// The inbox may only be read.
    case readOnlyInbox
    /// No worker can be started.
    case worker
    /// A finished video cannot be taken out of the inbox.
    case leaving
    /// What is done cannot be noted in the state folder.
    case ledger
    /// The configuration was changed, and cannot be used.
    case settings

    /// Whether no job can be started while it lasts, nor any that runs be trusted to end well.
    var isParalyzing: Bool { [.inbox, .outbox, .worker].contains(self) }

    /// What comes first when several are told.
    var order: String {
        switch self {
        case .inbox: "a"
        case .outbox: "b"
        case .worker: "c"
        case .manifests: "d"
        case .server: "da"
        case .readOnlyInbox: "e"
        case .space: "f"
        case .settings: "g"
        case .ledger: "h"
        case .leaving: "i"
        case .reading: "j"
        case .video: "k"
        case .folder(let path): "l\(path.text)"
        }
    }
}
