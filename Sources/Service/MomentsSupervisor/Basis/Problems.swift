internal import MomentsCore

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
