/// One thing the program can do.
protocol Command: Sendable {
    /// The word that selects it.
    static var name: String { get }
    /// What `--help` shows.
    static var help: String { get }
    /// The options it knows.
    static var options: [Arguments.Option] { get }

    /// Does it.
    ///
    /// - Parameter arguments: The words behind its name.
    /// - Returns: The exit status.
    /// - Throws: `Failure` with one sentence for people.
    static func run(_ arguments: Arguments) throws(Failure) -> Int32
}
