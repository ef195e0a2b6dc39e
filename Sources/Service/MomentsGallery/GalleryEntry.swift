internal import MomentsCore

/// A result as the gallery shows it.
struct GalleryEntry: Hashable, Codable, Sendable {
    /// The job's identifier.
    let job: String
    /// The result's folder below the outbox, as an address relative to the gallery.
    let address: String
    /// What is shown of the video's name and folder; harmless text.
    let name: String
    /// The reel's title.
    let title: String
    /// When the result was published, in milliseconds since 1970.
    let time: Int64
    /// When the video was recorded, as YYYY-MM-DD; nil where nobody knows.
    let captured: String?
    /// The video's length in seconds.
    let length: Double
    /// The reel's length in seconds.
    let reel: Double
    /// The picture shown; nil for none.
    let picture: String?
    /// The moving picture shown while it is pointed at; nil for none.
    let preview: String?
    /// The page that tells of the result; nil leaves the reel.
    let page: String?
    /// The beginning of what is said in the reel, to be found by; nil where nobody knows.
    let said: String?
    /// Whether it is a reel of a whole folder; nil for no.
    let album: Bool?

    /// Makes an entry of a completed job; nil of any other.
    init?(_ manifest: Manifest) {
        guard manifest.status == .completed, let result = manifest.result, let folder = result.folder else {
            return nil
        }
        func file(_ kinds: [String]) -> String? {
            kinds.lazy.compactMap { kind in result.outputs.first { $0.kind == kind }?.path }.first
        }
        job = manifest.jobID
        address = Self.address(folder)
        name = Escaping.excerpt(manifest.source.folder.appending(manifest.source.name).text, limit: 300)
        let home = manifest.source.folder.name
        let own = manifest.source.name.stem
        let stem =
            manifest.config.album != nil && !home.isEmpty ? home : manifest.config.story == nil ? own : own.stem
        title = Escaping.excerpt(manifest.config.title ?? stem.text, limit: 200)
        time = (manifest.completedAt ?? manifest.updatedAt).milliseconds
        captured = manifest.media?.capturedAt.map { String($0.description.prefix(10)) }
        length = result.inputDuration
        reel = result.outputDuration
        picture = file(["thumbnail", "poster"])
        preview = file(["preview"])
        said = result.words.map { Escaping.excerpt($0, limit: 1200) }
        page = file(["report", "highlight", "storyboard"])
        album = manifest.config.album == nil ? nil : true
    }

    /// Whether it can be an entry of ours; a file of entries may have been written by somebody else.
    var isPossible: Bool {
        let isPlain = address.utf8.allSatisfy { byte in
            byte == UInt8(ascii: "%") || Self.isPlain(byte)
        }
        return isPlain && !address.isEmpty && address.utf8.first != UInt8(ascii: "/")
            && [length, reel].allSatisfy { (0...1e9).contains($0) }
    }

    /// A path as a relative address: every byte beside letters, digits and "-._~/" as %XX.
    static func address(_ path: FilePath) -> String {
        path.bytes.reduce(into: "") { text, byte in
            if isPlain(byte) {
                text.unicodeScalars.append(UnicodeScalar(byte))
            } else {
                text += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
    }
    private static func isPlain(_ byte: UInt8) -> Bool {
        let scalar = UnicodeScalar(byte)
        return byte < 128 && (scalar.properties.isAlphabetic || (48...57).contains(byte)) || "-._~/".utf8.contains(byte)
    }
}
