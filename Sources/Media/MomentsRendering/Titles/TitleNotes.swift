internal import MomentsTitles
internal import Synchronization

/// What could not be painted, gathered while titles are.
public final class TitleNotes: Sendable {
    private struct Found {
        var missing: Set<Unicode.Scalar> = []
        var sentences: [String] = []
    }

    private let found = Mutex(Found())

    /// Begins without any.
    public init() {}

    /// What there is to say, a sentence each, without the full stop.
    public var sentences: [String] {
        found.withLock { found in found.sentences + (PaintedTitle.note(on: found.missing).map { [$0] } ?? []) }
    }

    func add(_ painted: PaintedTitle?) {
        guard let painted, !painted.missing.isEmpty else { return }
        found.withLock { $0.missing.formUnion(painted.missing) }
    }

    /// Adds a sentence, without the full stop; one that is there already is not repeated.
    public func tell(_ sentence: String) {
        found.withLock { found in if !found.sentences.contains(sentence) { found.sentences.append(sentence) } }
    }
}

extension TitleNotes: Hashable {
    /// Notes are no part of what is planned: all count as equal.
    public static func == (one: TitleNotes, other: TitleNotes) -> Bool { true }

    /// Adds nothing.
    public func hash(into hasher: inout Hasher) {}
}
