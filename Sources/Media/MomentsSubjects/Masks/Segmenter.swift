internal import MomentsCore
public import MomentsSystem

/// A model that tells which pixels of a picture belong to what; used on one thread.
public final class Segmenter {
    /// What it is called where masks are told of.
    public let name: String
    private let card: ModelCard
    private let weights: FilePath
    private let network: Network

    /// Reads a model.
    ///
    /// - Parameter model: Which one; of the kind `masks`.
    /// - Throws: `ModelTrouble` where it is damaged, or of another kind than its card says.
    public init(_ model: ModelShelf.Model) throws(ModelTrouble) {
        let content = try ModelShelf.content(of: model)
        guard let card = model.card, let format = card.format, card.kind == .masks else {
            throw ModelTrouble(model.path, "its card is none of the kind 'masks'")
        }
        (self.card, name, weights) = (card, model.name, model.weights)
        network = try Network(format, weights: content.weights, graph: content.graph, subject: model.weights)
    }

    /// Looks at a picture.
    ///
    /// - Parameter picture: The picture, upright.
    /// - Returns: What belongs to what in it.
    /// - Throws: `ModelTrouble` where the network cannot be run, or what it gives is nonsense.
    public func segment(_ picture: SubjectFrame) throws(ModelTrouble) -> Segmentation {
        let planes = InputPlanes(picture, card.input)
        guard let output = try network.run(planes, outputs: card.outputs).first else {
            throw ModelTrouble(weights, "it gives nothing")
        }
        guard output.values.reduce(0, +).isFinite else { throw ModelTrouble(weights, "it gives what are no numbers") }
        let segmentation = Segmentation(
            output,
            card,
            across: planes.scaleX * Double(picture.width) / Double(planes.width),
            down: planes.scaleY * Double(picture.height) / Double(planes.height)
        )
        guard let segmentation else {
            throw ModelTrouble(weights, "its outputs are not those of the family 'segmentation' its card names")
        }
        return segmentation
    }
}
