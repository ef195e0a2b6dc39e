/// Something about a reel that is not as it was meant; one sentence.
public struct Finding: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong.
    public let description: String

    /// Throws a finding unless a condition holds.
    static func expect(_ condition: Bool, _ complaint: @autoclosure () -> String) throws(Finding) {
        if !condition { throw Finding(description: complaint()) }
    }
}
