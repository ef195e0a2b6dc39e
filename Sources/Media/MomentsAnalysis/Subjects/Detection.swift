public import MomentsCore

/// One thing a model found in a picture.
public struct Detection: Hashable, Codable, Sendable {
    /// What kind of model found it.
    public let kind: ModelKind
    /// What it is, by the model's names: "face", "person", "dog".
    public let name: String
    /// How sure the model is, 0…1.
    public let confidence: Double
    /// Where it is.
    public let box: Box

    /// Describes a find.
    public init(kind: ModelKind, name: String, confidence: Double, box: Box) {
        (self.kind, self.name, self.confidence, self.box) = (kind, name, confidence, box)
    }
}
