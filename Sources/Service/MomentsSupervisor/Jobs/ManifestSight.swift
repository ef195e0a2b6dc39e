internal import MomentsCore
internal import MomentsStore
internal import MomentsSystem

/// What a look at a video's manifest told.
enum ManifestSight: Sendable {
    /// It is the one that was expected, or it cannot be told.
    case expected
    /// There is none; what the video itself is.
    case missing(video: Sighting)
    /// Somebody else wrote it.
    case other(FileStatus?, ManifestStore.Reading)

    /// The job a manifest is of.
    var jobID: String? {
        if case .other(_, .manifest(let manifest)) = self { manifest.jobID } else { nil }
    }
}
