/// Why a video cannot be known by a small part of it.
struct SparseRefusal: Error {
    /// In plain words.
    let reason: String

    /// The index promises packets that are not there.
    static let displaced = SparseRefusal(reason: "its packets are not where its index has them")
}
