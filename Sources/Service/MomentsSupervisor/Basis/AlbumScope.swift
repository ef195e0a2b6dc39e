internal import Glibc
internal import MomentsCore
internal import MomentsSystem

/// Which folders of the inbox get one reel of all their videos.
public enum AlbumScope: Sendable {
    /// Those with a request.
    case requested
    /// Every folder in which several videos lie, besides.
    case every

    /// Whether an album's request decides what becomes of a video besides.
    ///
    /// The inbox's own folder is everybody's: who asks there speaks for videos of their own, unless it is root or the service.
    ///
    /// - Parameters:
    ///   - request: The request's file.
    ///   - video: The video's.
    ///   - folder: The album's; empty for the inbox itself.
    /// - Returns: Whether it does.
    static func maySpeak(_ request: FileStatus, for video: FileStatus, in folder: FilePath) -> Bool {
        !folder.isEmpty || [video.owner, 0, geteuid()].contains(request.owner)
    }

    /// That an album of the whole inbox leaves others their single reels.
    ///
    /// - Parameters:
    ///   - manifest: A job, which may be an album's.
    ///   - request: The request it is made after; nil without one.
    ///   - inbox: The inbox.
    /// - Returns: A sentence; nil where there is nothing to say.
    static func spared(_ manifest: Manifest, _ request: FileStatus?, in inbox: RootedDirectory) -> String? {
        guard manifest.config.album?.singles == false, manifest.source.folder.isEmpty, let request else { return nil }
        let isSpared = manifest.source.parts.contains { path in
            guard case .there(let status) = inbox.look(path) else { return false }
            return !maySpeak(request, for: status, in: "")
        }
        guard isSpared else { return nil }
        return "\"singles\": false in the inbox's own folder counts for videos of whoever saved it; those of others "
            + "get reels of their own besides"
    }
}
