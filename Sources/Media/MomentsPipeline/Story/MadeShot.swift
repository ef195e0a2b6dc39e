/// A shot that stands in the staging folder.
struct MadeShot {
    /// Its file.
    let file: StagedFile
    /// What it was made of.
    let key: String
    /// How many pictures it has.
    let frames: Int
    /// What it cost.
    let cost: Double
    /// Whether it was made before.
    let isKept: Bool
    /// Characters of its text that no font here has.
    let missing: Set<Unicode.Scalar>
}
