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
    fileprivate var order: String {
        switch self {
        case .inbox: "a"
        case .outbox: "b"
        case .worker: "c"
        case .manifests: "d"
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

/// What is wrong at this moment; pure.
package struct Problems {
    private var texts: [Problem: String] = [:]

    /// Makes a world in which all is well.
    package init() {}

    /// Whether all is well.
    package var isEmpty: Bool { texts.isEmpty }

    /// Whether this is wrong.
    package func has(_ problem: Problem) -> Bool { texts[problem] != nil }

    /// Takes in that something is wrong.
    ///
    /// - Parameters:
    ///   - problem: What.
    ///   - text: One sentence with what to do; it takes the place of what was said before.
    /// - Returns: What is to be told: the sentence when the problem is new, nil when it was known.
    package mutating func raise(_ problem: Problem, _ text: String) -> (isNew: Bool, isChanged: Bool) {
        let old = texts.updateValue(text, forKey: problem)
        return (old == nil, old != text)
    }

    /// Takes in that something is well again.
    ///
    /// - Returns: Whether it was wrong.
    package mutating func clear(_ problem: Problem) -> Bool { texts.removeValue(forKey: problem) != nil }

    /// The folders that could not be listed.
    var folders: [FilePath] {
        texts.keys.compactMap { problem in if case .folder(let path) = problem { path } else { nil } }
    }

    /// The sentences, what matters most first.
    package var sentences: [String] { texts.sorted { $0.key.order < $1.key.order }.map(\.value) }

    /// Whether one of them keeps every job from being started.
    package var isParalyzing: Bool { texts.keys.contains { $0.isParalyzing } }
}
