/// One coded frame of a kept piece.
struct CodedSample: Codable, Equatable {
    /// When it is shown, in ticks of the reel's clock, from the piece's start on.
    let shown: Int64
    /// How long, in ticks.
    let duration: Int64
    /// libavcodec's marks of its packet.
    let flags: Int32
    /// Its bytes.
    let size: Int
}
