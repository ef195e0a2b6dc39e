extension JobOptions {
    /// The shape of the reel's pictures: the first of `aspects`; setting it makes it the only one.
    public var aspect: ReelAspect {
        get { aspects.first ?? .source }
        set { aspects = [newValue] }
    }
}
