internal import FoundationEssentials
public import MomentsCore

/// The models of this machine: files with cards, in a few folders.
public enum ModelShelf {
    /// A card that was found.
    public struct Model: Sendable {
        /// Its name: the card's without its ending.
        public let name: String
        /// The card's path.
        public let path: FilePath
        /// What stands on it; nil where it cannot be read.
        public let card: ModelCard?
        /// Why it cannot be used, in half a sentence; nil where its file was not found wanting so far.
        public let trouble: String?

        /// The path of the weights; that of the card where nobody knows.
        public var weights: FilePath { path.parent.appending(card?.file ?? path.name.text) }
    }

    /// Where packages and `moments models install` put models.
    public static let folder: FilePath = "/usr/share/momentsd/models"

    /// A larger file is no model for this service, in bytes.
    private static let largest: Int64 = 512 << 20
    private static let largestCard: Int64 = 64 << 10

    /// Lists what is there, without reading weights.
    ///
    /// - Parameter folders: Where to look, in order; those that are not there are passed over.
    /// - Returns: Every card, by folder and name.
    public static func models(in folders: [FilePath]) -> [Model] {
        folders.flatMap { folder in
            ((try? Folder.names(in: folder)) ?? []).filter { $0.hasSuffix(ModelCard.suffix) }.sorted()
                .map { model(folder.appending($0)) }
        }
    }

    /// The first usable model of a kind.
    ///
    /// - Returns: The model; nil where there is none.
    public static func first(_ kind: ModelKind, of models: [Model]) -> Model? {
        models.first { $0.trouble == nil && $0.card?.kind == kind }
    }

    /// Reads the weights of a model, and makes sure that they are what its card says.
    ///
    /// - Returns: The weights, and the graph of formats that have one, else nothing.
    /// - Throws: `ModelTrouble` in one sentence.
    public static func content(of model: Model) throws(ModelTrouble) -> (weights: [UInt8], graph: [UInt8]) {
        guard let card = model.card, model.trouble == nil else {
            throw ModelTrouble(model.path, model.trouble ?? "its card cannot be read")
        }
        let weights = try bytes(of: model.weights, atMost: largest)
        var digest = SHA256()
        digest.update(weights)
        guard digest.finish() == card.sha256 else {
            throw ModelTrouble(
                model.weights,
                "it is not what its card says (its SHA-256 is another one); install it again"
            )
        }
        guard let graph = card.graph else { return (weights, []) }
        return (weights, try bytes(of: model.path.parent.appending(graph), atMost: 1 << 20))
    }

    private static func model(_ path: FilePath) -> Model {
        let name = String(path.name.text.dropLast(ModelCard.suffix.count))
        let card: ModelCard
        do {
            card = try MomentsJSON.decode(ModelCard.self, from: Data(try bytes(of: path, atMost: largestCard)))
        } catch let error as ModelTrouble {
            return Model(name: name, path: path, card: nil, trouble: error.reason)
        } catch {
            return Model(name: name, path: path, card: nil, trouble: "its card is not JSON with the keys of a model")
        }
        let files = [card.file] + [card.graph].compactMap { $0 }
        let missing = files.first { (try? FileStatus.of(path.parent.appending($0)).kind) != .regular }
        let trouble = card.fault ?? missing.map { "its file '\(Escaping.excerpt($0))' is not there" }
        return Model(name: name, path: path, card: card, trouble: trouble)
    }

    private static func bytes(of path: FilePath, atMost most: Int64) throws(ModelTrouble) -> [UInt8] {
        do {
            let file = try Descriptor.openRegular(path)
            let size = try file.status(path).size
            guard size <= most else { throw ModelTrouble(path, "it is larger than \(most >> 10) KiB") }
            return try file.read(Int(size), at: 0, of: path)
        } catch let error as ModelTrouble { throw error } catch let error as SystemError {
            throw ModelTrouble(path, "it cannot be read: \(error.reason)")
        } catch { throw ModelTrouble(path, "it cannot be read") }
    }
}
