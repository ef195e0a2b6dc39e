public import MomentsCore

extension EngineCommand {
    /// All makers of shots: those that need no command, then the others, with whether each can be started now.
    ///
    /// - Parameter generators: What is known of each, and its command in words.
    /// - Returns: Their cards.
    public static func cards(of generators: [(card: GeneratorCard, command: [String])]) -> [GeneratorCard] {
        GeneratorCard.builtIn
            + generators.map { generator in
                let command = EngineCommand(generator.command.map { FilePath($0) }, timeout: .zero, hidden: nil)
                return generator.card.with(trouble: command.trouble)
            }
    }
}
