/// What a worker does where the kernel cannot shut it in wholly.
public enum SandboxPolicy: String, CaseIterable, Codable, Sendable {
    /// It works with what there is, and says what is missing.
    case best
    /// It refuses to work.
    case required
}
