internal import MomentsCore
internal import MomentsMedia
internal import MomentsSystem

/// The pictures a story names: those beside it that the job may read, and nothing else.
struct StoryPictures {
    private let name: FilePath
    private let folder: FilePath
    private let allowed: Set<FilePath>
    private let named: [FilePath]

    init(_ spec: JobSpec, _ story: Story) {
        (name, folder) = (spec.name, spec.source.parent)
        allowed = Set(spec.companions)
        named = story.pictures
    }

    /// Looks at the header of each before anything is decoded.
    ///
    /// - Throws: `JobError` of kind `InvalidRequest` that names the picture and what is wrong with it.
    func check() throws(JobError) { for picture in named { _ = try content(of: picture) } }

    /// The content of a picture of a known kind and a size that can be decoded.
    func content(of picture: FilePath) throws(JobError) -> [UInt8] {
        guard allowed.contains(folder.appending(picture)) else {
            throw refused(picture, "is not there beside the story, or is a link")
        }
        do {
            let bytes = try PictureFile.content(of: folder.appending(picture))
            // What is no picture, or a bomb, is told before anything is made.
            _ = try PictureFile.header(of: bytes)
            return bytes
        } catch { throw refused(picture, error.description) }
    }

    /// Decodes a picture.
    ///
    /// - Parameters:
    ///   - picture: Its name.
    ///   - bytes: Its content, as it was read: another file of its name may be there meanwhile.
    ///   - size: What it is to cover.
    /// - Returns: The picture.
    /// - Throws: `JobError` where it is damaged, `MediaError` where memory is short.
    func decoded(_ picture: FilePath, _ bytes: [UInt8], covering size: (width: Int, height: Int)) throws
        -> PicturePlanes
    {
        do { return try PictureReader.picture(bytes, covering: size) } catch let refusal as PictureFile.Refusal {
            throw refused(picture, refusal.description)
        }
    }

    private func refused(_ picture: FilePath, _ reason: String) -> JobError {
        JobError(
            .invalidRequest,
            "The picture '\(picture.display)' of '\(name.display)' \(reason); put another one there, or take it out of the "
                + "story.",
            detail: "picture=\(picture.display)"
        )
    }
}
