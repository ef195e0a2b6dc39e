internal import FoundationEssentials
public import MomentsCore
public import MomentsSystem

/// A network in ONNX made on the spot: it takes bright squares of 32 pixels on a dark ground for faces.
///
/// Its outputs are those of CenterFace: the mean of 36 × 36 pixels around every fourth one, through a sigmoid; and the same
/// size and offset everywhere.
public struct TestModel: Sendable {
    /// What is wrong with the network.
    public enum Fault: Sendable {
        case none
        /// It gives what are no numbers.
        case notNumbers
        /// It finds something everywhere.
        case everywhere
    }

    /// The network as a file.
    public let weights: [UInt8]
    private let name: String
    private let kind: ModelKind
    private let outputs: [String]

    /// A network that takes bright pixels for those of whatever was found: a score for each four by four of them.
    public static let masks = TestModel(
        weights: file(
            convolution("image", "light", kernel: 4, padding: 0)
                + node("Sigmoid", ["light"], "mask")
                + text(2, "masks")
                + tensor("light-weights", [1, 3, 4, 4], [Float](repeating: 0.1 / 48, count: 48))
                + tensor("light-bias", [1], [-12.8])
                + value(11, "image", [1, 3, 320, 320]) + value(12, "mask", [1, 1, 80, 80])
        ),
        name: "masks",
        kind: .masks,
        outputs: ["mask"]
    )

    private init(weights: [UInt8], name: String, kind: ModelKind, outputs: [String]) {
        (self.weights, self.name, self.kind, self.outputs) = (weights, name, kind, outputs)
    }

    /// Makes a network.
    public init(fault: Fault = .none) {
        let gain: Float = 0.2
        let least: Float = fault == .everywhere ? -1000 : fault == .notNumbers ? .nan : 185
        let side = 36
        let blank = [Float](repeating: 0, count: 2 * 3 * 16)
        let graph =
            Self.convolution("image", "light", kernel: side, padding: 16)
            + Self.node("Sigmoid", ["light"], "heat")
            + Self.convolution("image", "size", kernel: 4, padding: 0)
            + Self.convolution("image", "offset", kernel: 4, padding: 0)
            + Self.text(2, "squares")
            + Self.tensor(
                "light-weights",
                [1, 3, side, side],
                [Float](repeating: gain / Float(3 * side * side), count: 3 * side * side)
            )
            + Self.tensor("light-bias", [1], [-gain * least])
            + Self.tensor("size-weights", [2, 3, 4, 4], blank) + Self.tensor("size-bias", [2], [2.0794415, 2.0794415])
            + Self.tensor("offset-weights", [2, 3, 4, 4], blank) + Self.tensor("offset-bias", [2], [0, 0])
            + Self.value(11, "image", [1, 3, 320, 320])
            + Self.value(12, "heat", [1, 1, 80, 80]) + Self.value(12, "size", [1, 2, 80, 80])
            + Self.value(12, "offset", [1, 2, 80, 80])
        weights = Self.file(graph)
        (name, kind, outputs) = ("squares", .faces, ["heat", "size", "offset"])
    }

    private static func file(_ graph: [UInt8]) -> [UInt8] { number(1, 7) + field(7, graph) + field(8, number(2, 11)) }

    /// Writes the network's card.
    ///
    /// - Parameters:
    ///   - family: How its outputs are said to be read; nil for how they are.
    ///   - sha256: What the digest is said to be; nil for the true one.
    ///   - isStretched: Whether pictures are to be stretched to a square.
    /// - Returns: The card.
    public func card(family: ModelFamily? = nil, sha256: String? = nil, isStretched: Bool = false) -> ModelCard {
        var digest = SHA256()
        digest.update(weights)
        return ModelCard(
            kind: kind,
            family: family ?? (kind == .masks ? .segmentation : .centerface),
            file: "\(name).onnx",
            sha256: sha256 ?? digest.finish(),
            input: ModelInput(
                width: 320,
                height: 320,
                multiple: isStretched ? nil : 32,
                stretches: isStretched
            ),
            outputs: outputs,
            licence: "none",
            origin: "made by a test"
        )
    }

    /// Puts the network and a card into a folder, which is made.
    ///
    /// - Returns: The model as it is found there.
    public func install(in folder: FilePath, _ card: ModelCard? = nil) throws -> ModelShelf.Model {
        try Folder.make(folder)
        try AtomicFile.replace(folder.appending(FilePath("\(name).onnx")), with: weights)
        try AtomicFile.replace(
            folder.appending(FilePath("\(name)\(ModelCard.suffix)")),
            with: try MomentsJSON.document(card ?? self.card())
        )
        return ModelShelf.models(in: [folder]).first { $0.name == name } ?? ModelShelf.models(in: [folder])[0]
    }

    private static func convolution(_ input: String, _ name: String, kernel: Int, padding: Int) -> [UInt8] {
        node(
            "Conv",
            [input, "\(name)-weights", "\(name)-bias"],
            name,
            ["kernel_shape": [kernel, kernel], "strides": [4, 4], "pads": [padding, padding, padding, padding]]
        )
    }

    private static func node(_ operation: String, _ inputs: [String], _ output: String, _ lists: [String: [Int]] = [:])
        -> [UInt8]
    {
        let attributes = lists.sorted { $0.key < $1.key }.flatMap { name, values in
            field(5, text(1, name) + values.flatMap { number(8, $0) } + number(20, 7))
        }
        return field(
            1,
            inputs.flatMap { text(1, $0) } + text(2, output) + text(3, output) + text(4, operation) + attributes
        )
    }

    private static func tensor(_ name: String, _ sides: [Int], _ values: [Float]) -> [UInt8] {
        let raw = values.flatMap { value in withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) } }
        return field(5, sides.flatMap { number(1, $0) } + number(2, 1) + text(8, name) + field(9, raw))
    }

    private static func value(_ place: Int, _ name: String, _ sides: [Int]) -> [UInt8] {
        let shape = sides.flatMap { field(1, number(1, $0)) }
        return field(place, text(1, name) + field(2, field(1, number(1, 1) + field(2, shape))))
    }

    private static func text(_ place: Int, _ text: String) -> [UInt8] { field(place, Array(text.utf8)) }

    private static func number(_ place: Int, _ value: Int) -> [UInt8] { variable(place << 3) + variable(value) }

    private static func field(_ place: Int, _ content: [UInt8]) -> [UInt8] {
        variable(place << 3 | 2) + variable(content.count) + content
    }

    private static func variable(_ value: Int) -> [UInt8] {
        var (rest, bytes): (Int, [UInt8]) = (value, [])
        while rest > 127 {
            bytes.append(UInt8(rest & 127 | 128))
            rest >>= 7
        }
        return bytes + [UInt8(rest)]
    }
}
