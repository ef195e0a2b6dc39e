public import MomentsCore

/// Who and what was found in a video.
public struct SubjectFindings: Hashable, Codable, Sendable {
    /// What was found in one picture.
    public struct Look: Hashable, Codable, Sendable {
        /// When the picture is shown.
        public let time: MediaTime
        /// Its place among the frames shown, from 0.
        public let number: Int
        /// What is in it, the surest first.
        public let detections: [Detection]
        /// For each of them the number of its track; nil where it is in none.
        public let tracks: [Int?]

        /// Who is surely there: an unsure find that goes on with nobody is none.
        public var sure: [Detection] { zip(detections, tracks).compactMap { $1 == nil ? nil : $0 } }

        /// Describes what was found.
        public init(time: MediaTime, number: Int, detections: [Detection], tracks: [Int?]) {
            (self.time, self.number, self.detections, self.tracks) = (time, number, detections, tracks)
        }
    }

    /// A model that looked.
    public struct Model: Hashable, Codable, Sendable {
        /// Its name.
        public let name: String
        /// What it finds.
        public let kind: ModelKind
        /// SHA-256 of its weights.
        public let sha256: String

        /// Names a model.
        public init(name: String, kind: ModelKind, sha256: String) {
            (self.name, self.kind, self.sha256) = (name, kind, sha256)
        }
    }

    /// Who looked.
    public let models: [Model]
    /// The pictures looked at, by time.
    public let looks: [Look]
    /// Subjects through those pictures, by number.
    public let tracks: [SubjectTrack]

    /// Which pixels belong to subjects, in some pictures of chosen moments.
    public let masks: [SubjectMask]

    /// How much more a picture attracts for who is in it.
    ///
    /// - Parameter time: When it is shown.
    /// - Returns: 1 where nobody is known to be, up to 1.6 for a large face, up to 1.2 for a person.
    public func attraction(at time: MediaTime) -> Double {
        tracks.reduce(1) { most, track in
            // A face that was found once is there for as long as nobody looked again.
            guard let box = track.box(at: time) ?? track.only(near: time) else { return most }
            let size = min(1, box.area.squareRoot() / 0.3)
            switch track.kind {
            case .faces: return max(most, 1 + 0.6 * size)
            case .people: return max(most, 1 + 0.2 * size)
            case .objects, .masks: return most
            }
        }
    }

    /// Makes a record.
    public init(models: [Model], looks: [Look], tracks: [SubjectTrack], masks: [SubjectMask] = []) {
        (self.models, self.looks, self.tracks, self.masks) = (models, looks, tracks, masks)
    }
}
