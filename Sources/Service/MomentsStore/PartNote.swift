internal import FoundationEssentials
internal import MomentsCore
internal import MomentsSystem

/// What stands in place of a manifest beside a file that goes on with a recording: where the manifest is.
struct PartNote: Codable {
    private static let schema = "momentsd.part/1"

    let schema: String
    /// The recording's first file, below the inbox.
    let partOf: FilePath
    /// The recording's manifest, below the inbox.
    let manifest: FilePath
    let message: String

    private enum CodingKeys: String, CodingKey {
        case schema
        case partOf = "part_of"
        case manifest
        case message
    }

    init(of video: FilePath, from part: FilePath) {
        schema = Self.schema
        partOf = video
        manifest = ManifestName.manifest(of: video)
        message = "'\(part.name.display)' goes on with the recording that '\(video.name.display)' begins"
    }

    /// Whether some bytes are such a note.
    static func isOne(_ bytes: [UInt8]) -> Bool {
        (try? MomentsJSON.decode(PartNote.self, from: Data(bytes)))?.schema == schema
    }
}
