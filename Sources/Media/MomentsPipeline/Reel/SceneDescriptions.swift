/// What a command said that scenes show.
struct SceneDescriptions: Codable {
    /// One line for each scene it told of, by the scene's number from 0.
    var texts: [Int: String] = [:]
    /// Why it told of none: a clause with the command as its subject; nil where it did.
    var failure: String?

    /// What is said of so many scenes, in their order; nil where nothing is.
    func all(_ count: Int) -> [String?] { (0..<count).map { texts[$0] } }
}
