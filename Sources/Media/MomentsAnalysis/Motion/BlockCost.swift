/// What matching a block of 8 × 8 pixels left of it.
struct BlockCost {
    /// What is left after the best match with its brightness evened out, in grey levels summed over the block.
    var left: UInt32 = 0
    /// The block's own texture: distances from its mean, summed.
    var texture: UInt32 = 0
    /// How much better the match is than the block's own place, in grey levels summed over the block.
    var gain: UInt32 = 0
}
