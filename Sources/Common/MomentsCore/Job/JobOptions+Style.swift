extension JobOptions {
    /// The style a job is made in: the story's, else the product's, else the one of the preset.
    public var styleInEffect: StyleName { story?.style ?? product?.style ?? style }

    /// Whether a style shows, or is heard, in what is made: highlights of a video have none.
    public var hasStyle: Bool { story != nil || product != nil || voiceOver != nil }
}
