public import MomentsAnalysis
internal import MomentsCore

/// Who is in a scene, as `scenes.json` has it.
public struct SceneSubjectsEntry: Encodable, Sendable {
    struct Replaceable: Encodable {
        let name: String
        let track: Int
        let seconds: Double
        let effort: String

        enum CodingKeys: String, CodingKey {
            case name = "class"
            case track = "track_id"
            case seconds
            case effort
        }
    }

    /// How many of each class are usually seen at once.
    public let subjects: [String: Int]
    /// What a template says of it.
    public let description: String
    let replaceable: [Replaceable]

    /// Takes what is known of a scene.
    ///
    /// - Parameters:
    ///   - scene: Who is in it.
    ///   - liveliness: How much it moves beside the rest of the video, 0…1.
    public init(_ scene: SceneSubjects, liveliness: Double) {
        subjects = scene.counts
        description = scene.description(liveliness: liveliness)
        replaceable = scene.replaceable.map {
            Replaceable(
                name: $0.name,
                track: $0.track,
                seconds: ($0.seconds * 1000).rounded() / 1000,
                effort: $0.effort.rawValue
            )
        }
    }
}
