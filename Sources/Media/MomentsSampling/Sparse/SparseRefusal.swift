internal import MomentsMedia

/// Why a video cannot be known by a small part of it.
enum SparseRefusal: Error {
    /// All of it has to be decoded, and why.
    case needsAll(String)
    /// Nor can all of it be: the disk failed, or the job was stopped.
    case media(MediaError)

    /// The index promises packets that are not there.
    static let displaced = SparseRefusal.needsAll("its packets are not where its index has them")
}
