internal import MomentsCore

/// An output that stands in the staging folder.
struct StagedFile: Sendable {
    /// What it is, as the result has it: "highlight", "thumbnail".
    let kind: String
    /// Its path in the folder.
    let name: String
    /// When the picture in it is shown, on the video's clock; nil for what is not a single picture, or where nobody asks.
    var time: MediaTime?
}
