internal import MomentsCore
internal import MomentsMedia
internal import MomentsSelection

/// A shot of an album as a file of its own, in the reel's form.
struct AlbumTake {
    let shot: AlbumChoice.Shot
    let path: FilePath
    /// What of the video it shows.
    let range: TimeRange
    /// How long it is, in seconds.
    let length: Double
}
