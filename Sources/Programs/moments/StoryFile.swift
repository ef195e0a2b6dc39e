internal import MomentsCore
internal import MomentsSettings
internal import MomentsSystem

/// A story that is worked on at once, with what is saved as its request.
struct StoryFile {
    private static let largest = 1 << 20

    private let path: FilePath

    /// Names a story; a link to it is followed, as for any file a person names.
    init(_ file: FilePath) { path = (try? Folder.resolved(Folder.absolute(file))) ?? file }

    /// What is wanted: the story over what else is in effect.
    ///
    /// - Throws: `JobError` of kind `InvalidRequest` with the key at fault.
    func options(_ settings: Settings, over options: JobOptions) throws(JobError) -> JobOptions {
        guard let story = try content(path) else {
            throw JobError(
                .readFailed,
                "'\(path.name.display)' cannot be read: there is no such file.",
                transient: false
            )
        }
        let wish = try settings.resolve(
            story: story,
            request: try content(ManifestName.request(of: path)),
            folderPreset: nil
        )
        var resolved = options
        resolved.judge = false
        resolved.title = wish.options.title ?? options.title
        resolved.story = wish.options.story
        // A preset that the story names may say that nobody shall be recognized.
        if wish.options.subjects.blur != .off { resolved.subjects.blur = wish.options.subjects.blur }
        return resolved
    }

    private func content(_ path: FilePath) throws(JobError) -> [UInt8]? {
        do {
            // One byte more than is taken, so that what is too large is told.
            return try Descriptor.openRegular(path).read(Self.largest + 1, at: 0, of: path)
        } catch {
            if error.isMissing { return nil }
            throw JobError(.readFailed, "'\(path.name.display)' cannot be read: \(error.reason).", transient: false)
        }
    }
}
