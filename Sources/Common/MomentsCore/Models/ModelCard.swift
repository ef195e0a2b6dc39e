/// What stands in `NAME.model.json` beside a network's weights: what it finds, and how to use it.
public struct ModelCard: Hashable, Codable, Sendable {
    /// The schema's name.
    public static let schema = "momentsd.model/1"
    /// What names of cards end in.
    public static let suffix = ".model.json"

    /// The schema this value was written under.
    public let schema: String
    /// What it finds.
    public let kind: ModelKind
    /// How its numbers are to be read.
    public let family: ModelFamily
    /// The name of the file of weights, in the card's folder; its ending says how it is written (`onnx`, `pb`, `weights`).
    public let file: String
    /// SHA-256 of that file in hexadecimal digits; another content is not used.
    public let sha256: String
    /// The name of the second file of formats that have one: Darknet's `cfg`.
    public let graph: String?
    /// The picture it wants.
    public let input: ModelInput
    /// The names of its outputs, in the order the family wants; empty for those it ends in.
    public let outputs: [String]
    /// The names of its classes in their order, without the background; empty where there is only one, the kind's.
    public let classes: [String]
    /// The least confidence that counts, 0…1.
    public let threshold: Double
    /// Under which licence the weights may be used.
    public let licence: String
    /// Where they come from.
    public let origin: String

    /// Describes a model.
    public init(
        kind: ModelKind,
        family: ModelFamily,
        file: String,
        sha256: String,
        graph: String? = nil,
        input: ModelInput,
        outputs: [String] = [],
        classes: [String] = [],
        threshold: Double = 0.5,
        licence: String,
        origin: String
    ) {
        schema = Self.schema
        (self.kind, self.family, self.file, self.sha256, self.graph) = (kind, family, file, sha256, graph)
        (self.input, self.outputs, self.classes, self.threshold) = (input, outputs, classes, threshold)
        (self.licence, self.origin) = (licence, origin)
    }

    /// Reads a card; outputs, classes, threshold, graph, licence and origin may be missing.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        schema = try values.decode(String.self, forKey: .schema)
        kind = try values.decode(ModelKind.self, forKey: .kind)
        family = try values.decode(ModelFamily.self, forKey: .family)
        file = try values.decode(String.self, forKey: .file)
        sha256 = try values.decode(String.self, forKey: .sha256)
        graph = try values.decodeIfPresent(String.self, forKey: .graph)
        input = try values.decode(ModelInput.self, forKey: .input)
        outputs = try values.decodeIfPresent([String].self, forKey: .outputs) ?? []
        classes = try values.decodeIfPresent([String].self, forKey: .classes) ?? []
        threshold = try values.decodeIfPresent(Double.self, forKey: .threshold) ?? 0.5
        licence = try values.decodeIfPresent(String.self, forKey: .licence) ?? "unknown"
        origin = try values.decodeIfPresent(String.self, forKey: .origin) ?? "unknown"
    }

    /// The names of what it finds.
    public var names: [String] {
        if !classes.isEmpty { return classes }
        return switch kind {
        case .faces: ["face"]
        case .people: ["person"]
        case .objects: ["object"]
        case .masks: ["mask"]
        }
    }

    /// What is wrong with it, in half a sentence; nil where it can be used.
    public var fault: String? {
        if schema != Self.schema { return "its schema is '\(Escaping.excerpt(schema))', not \(Self.schema)" }
        for name in [file] + [graph].compactMap({ $0 }) where !Self.isPlain(name) {
            return "'\(Escaping.excerpt(name))' is not the name of a file in its folder"
        }
        guard let format else { return "'\(Escaping.excerpt(file))' ends in none of .onnx, .pb and .weights" }
        if format == .darknet, graph == nil { return "'graph' is missing, the name of the .cfg of Darknet's weights" }
        if sha256.utf8.count != 64 || !sha256.utf8.allSatisfy(Self.isHexadecimal) {
            return "'sha256' is not 64 hexadecimal digits in small letters"
        }
        let sides = [input.width, input.height]
        let multiple = input.multiple ?? 1
        if !sides.allSatisfy({ (16...2048).contains($0) }) || !(1...256).contains(multiple)
            || !sides.allSatisfy({ $0.isMultiple(of: multiple) })
        {
            return "the input's sides must be 16 to 2048, and multiples of its 'multiple'"
        }
        if input.mean.count != 3 || input.scale.count != 3 || !(input.mean + input.scale).allSatisfy(\.isFinite) {
            return "'mean' and 'scale' must be three numbers each"
        }
        if !(0.01...0.99).contains(threshold) { return "'threshold' must be 0.01 to 0.99" }
        if classes.count > 1000 || outputs.count > 64 { return "there are more than 1000 classes or 64 outputs" }
        if kind == .objects, classes.isEmpty { return "'classes' must name what it finds" }
        if (kind == .masks) != (family == .segmentation) {
            return "the kind 'masks' goes with the family 'segmentation', and each with no other"
        }
        return nil
    }

    /// How the weights are written.
    public enum Format: Sendable {
        case onnx
        case tensorflow
        case darknet
    }

    /// How the weights are written; nil where the file's name does not say.
    public var format: Format? {
        if file.hasSuffix(".onnx") { return .onnx }
        if file.hasSuffix(".pb") { return .tensorflow }
        return file.hasSuffix(".weights") ? .darknet : nil
    }

    private static func isPlain(_ name: String) -> Bool {
        !name.isEmpty && !name.hasPrefix(".") && !name.utf8.contains { $0 == UInt8(ascii: "/") || $0 < 32 }
    }

    private static func isHexadecimal(_ digit: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit)
            || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(digit)
    }
}
