internal import MomentsCore
internal import MomentsEncoding
internal import MomentsMedia
internal import MomentsStoryboard
internal import MomentsSystem

/// What a generator is asked for: one shot.
struct GeneratorRequest {
    /// The document, as the generator reads it.
    struct Document: Encodable {
        struct Shot: Encodable {
            let id: String
            let text: String
            let duration: Double
            let motion: ShotMotion
        }

        let schema = "momentsd.generator/1"
        let shot: Shot
        let width: Int
        let height: Int
        let frames: Int
        let frameRate: Int
        let language: StoryLanguage
        let style: StyleName
        let preferences: [String]
        /// The shot's own picture, and one to keep to: absolute paths; left out where there is none.
        var image: FilePath?
        var reference: FilePath?

        private enum CodingKeys: String, CodingKey {
            case schema
            case shot
            case width
            case height
            case frames
            case frameRate = "frame_rate"
            case language
            case style
            case preferences = "style_preferences"
            case image
            case reference = "reference_picture"
        }
    }

    private let document: Document
    private let image: [UInt8]?
    private let reference: [UInt8]?

    init(
        _ shot: Storyboard.Shot,
        frames: Int,
        form: StoryForm,
        board: Storyboard,
        image: [UInt8]?,
        reference: [UInt8]?
    ) {
        document = Document(
            shot: .init(id: shot.id, text: shot.text, duration: form.seconds(frames), motion: shot.motion),
            width: form.clip.width,
            height: form.clip.height,
            frames: frames,
            frameRate: form.clip.frameRate,
            language: board.language,
            style: board.style,
            preferences: board.preferences ?? []
        )
        (self.image, self.reference) = (image, reference)
    }

    /// Lays the pictures into a folder.
    ///
    /// - Returns: The document that names them there.
    func laid(into folder: FilePath) throws -> Document {
        var document = document
        document.image = try image.map { try Self.lay($0, folder.appending("image")) }
        document.reference = try reference.map { try Self.lay($0, folder.appending("reference")) }
        return document
    }

    /// Lays a picture down under the name of its kind.
    static func lay(_ bytes: [UInt8], _ path: FilePath) throws -> FilePath {
        let kind = PictureHeader(bytes)?.kind ?? .jpeg
        let ending =
            switch kind {
            case .jpeg: ".jpg"
            case .png: ".png"
            case .webp: ".webp"
            case .heif: ".heic"
            }
        let path = path.adding(suffix: ending)
        try AtomicFile.replace(path, with: bytes, durable: false)
        return path
    }
}
