/// What networks that give no boxes are read by: nothing of theirs is one.
struct NoBoxReader: OutputReader {
    func boxes(_ outputs: [Tensor], _ frame: OutputFrame) -> [RawBox]? { nil }
}
