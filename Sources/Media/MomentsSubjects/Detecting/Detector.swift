public import MomentsAnalysis
public import MomentsCore
public import MomentsSystem

/// A model that looks at pictures; used on one thread.
public final class Detector {
    /// What it finds.
    public let kind: ModelKind
    private let card: ModelCard
    private let weights: FilePath
    private let network: Network

    /// Reads a model.
    ///
    /// - Parameter model: Which one.
    /// - Throws: `ModelTrouble` where it is damaged, or of another kind than its card says.
    public init(_ model: ModelShelf.Model) throws(ModelTrouble) {
        let content = try ModelShelf.content(of: model)
        guard let card = model.card, let format = card.format else {
            throw ModelTrouble(model.path, "its card cannot be read")
        }
        (self.card, kind, weights) = (card, card.kind, model.weights)
        network = try Network(format, weights: content.weights, graph: content.graph, subject: model.weights)
    }

    /// Looks at a picture.
    ///
    /// - Parameters:
    ///   - picture: The picture, upright.
    ///   - threshold: The least confidence that counts; nil for the card's own.
    ///   - isHasty: Whether one look must do, also where the network's picture is stretched.
    /// - Returns: What is in it, the surest first, each once.
    /// - Throws: `ModelTrouble` where the network cannot be run, or what it gives is nonsense.
    public func detect(
        in picture: SubjectFrame,
        threshold: Double? = nil,
        isHasty: Bool = false
    ) throws(ModelTrouble) -> [Detection] {
        let threshold = threshold ?? card.threshold
        var looks = [try look(at: picture, stretches: card.input.stretches, threshold)]
        if !isHasty, Self.isDistorted(picture, card.input) {
            looks.append(try look(at: picture, stretches: false, threshold))
        }
        return Self.distinct(Agreement.merged(looks).filter { $0.confidence >= threshold })
    }

    /// Whether stretching makes people of a picture too stout or too thin to be sure of: it is looked at in its own shape too.
    private static func isDistorted(_ picture: SubjectFrame, _ input: ModelInput) -> Bool {
        let ratio = Double(picture.width * input.height) / Double(picture.height * input.width)
        return input.stretches && max(ratio, 1 / ratio) > 1.1
    }

    private func look(
        at picture: SubjectFrame,
        stretches: Bool,
        _ threshold: Double
    ) throws(ModelTrouble) -> [Detection] {
        let planes = InputPlanes(picture, card.input, stretches: stretches)
        let outputs = try network.run(planes, outputs: card.outputs)
        let frame = OutputFrame(
            width: planes.width,
            height: planes.height,
            classes: card.names.count,
            threshold: Float(threshold)
        )
        let raw = try Self.read(outputs, frame, card.family, weights)
        let detections = raw.map { box in
            Detection(
                kind: kind,
                name: card.names[box.label],
                confidence: box.confidence,
                box: Box(
                    x: box.x / planes.scaleX / Double(picture.width),
                    y: box.y / planes.scaleY / Double(picture.height),
                    width: box.width / planes.scaleX / Double(picture.width),
                    height: box.height / planes.scaleY / Double(picture.height)
                ).inside
            )
        }
        return Self.distinct(detections.filter { $0.box.width > 0 && $0.box.height > 0 })
    }

    /// Reads boxes, and refuses nonsense.
    static func read(
        _ outputs: [Tensor],
        _ frame: OutputFrame,
        _ family: ModelFamily,
        _ weights: FilePath
    ) throws(ModelTrouble) -> [RawBox] {
        // A sum is a number only where all its parts are.
        guard outputs.allSatisfy({ $0.values.reduce(0, +).isFinite }) else {
            throw ModelTrouble(weights, "it gives what are no numbers")
        }
        guard let boxes = family.reader.boxes(outputs, frame) else {
            throw ModelTrouble(weights, "its outputs are not those of the family '\(family.rawValue)' its card names")
        }
        guard boxes.count <= most else {
            throw ModelTrouble(weights, "it finds \(boxes.count) things in one picture")
        }
        let largest = Double(8 * max(frame.width, frame.height))
        let areSound = boxes.allSatisfy { box in
            box.label < frame.classes && [box.x, box.y, box.width, box.height].allSatisfy { abs($0) <= largest }
        }
        guard areSound else { throw ModelTrouble(weights, "it finds things far outside the picture") }
        return boxes
    }

    /// Leaves of boxes that are the same the surest.
    static func distinct(_ detections: [Detection]) -> [Detection] {
        var kept: [Detection] = []
        for detection in detections.sorted(by: { $0.confidence > $1.confidence })
        where !kept.contains(where: { $0.isSame(detection) }) {
            kept.append(detection)
        }
        return kept
    }

    /// What a detector marks in one picture before overlaps are taken out, with room: CenterFace marks some 20 a face.
    private static let most = 3000
}
