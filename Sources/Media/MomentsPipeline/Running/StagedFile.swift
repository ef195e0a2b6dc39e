/// An output that stands in the staging folder.
struct StagedFile: Sendable {
    /// What it is, as the result has it: "highlight", "thumbnail".
    let kind: String
    /// Its path in the folder.
    let name: String
}
