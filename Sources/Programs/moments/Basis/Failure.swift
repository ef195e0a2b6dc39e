/// Why a command ends without having done what it should.
struct Failure: Error {
    /// What a shell sees.
    enum Code: Int32 {
        /// It could not be done.
        case failed = 1
        /// The words were wrong.
        case usage = 2
    }

    /// One sentence for people.
    let reason: String
    /// What a shell sees.
    let code: Code

    /// Makes a failure.
    init(_ reason: String, code: Code = .failed) {
        self.reason = reason
        self.code = code
    }
}
