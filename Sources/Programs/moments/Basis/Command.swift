/// One thing the program can do.
protocol Command: Sendable {
    /// The word that selects it.
    static var name: String { get }
    /// What people are told about it, and the options it knows.
    static var help: CommandHelp { get }

    /// Does it.
    ///
    /// - Parameter arguments: The words behind its name.
    /// - Returns: The exit status.
    /// - Throws: `Failure` with one sentence for people.
    static func run(_ arguments: Arguments) throws(Failure) -> Int32
}
