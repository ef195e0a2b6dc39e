/// A field of numbers as a network gives it.
struct Tensor: Hashable, Sendable {
    /// Its sides, the slowest first.
    let shape: [Int]
    /// Its numbers; as many as the sides' product.
    let values: [Float]
}
