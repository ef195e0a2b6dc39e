internal import MomentsCore

/// What lies beside a video that is whole and belongs to it.
struct Belongings: Sendable {
    /// What belongs to the recording, besides what this service writes.
    var companions: [FilePath] = []
    /// A file that the recording lacks by its name; nil where it lacks none.
    var lacking: FilePath?

    /// What follows for the files that go on with a recording: they are no videos of their own, and those that were are.
    ///
    /// - Parameters:
    ///   - parts: The files that go on with it.
    ///   - before: Those that did so far.
    ///   - path: The video.
    /// - Returns: What follows.
    func actions(parts: [FilePath], before: [FilePath], of path: FilePath) -> [Action] {
        var actions: [Action] = []
        let released = before.filter { !parts.contains($0) }
        if !parts.isEmpty || !released.isEmpty { actions.append(.point(parts, to: path, released: released)) }
        if !released.isEmpty { actions.append(.look(released)) }
        if let lacking {
            let sentence =
                "'\(path.display)' is a part of a recording of which '\(lacking.name.display)' is missing; what is there "
                + "without a gap is worked on, and once the missing file comes, all of it."
            actions.append(.note(sentence))
        }
        return actions
    }
}
