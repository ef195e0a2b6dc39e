/// The audio of a reel's shots, each with some more on both sides for fading into its neighbours.
struct SpooledAudio: Sendable {
    /// The samples of one shot.
    struct Part: Sendable {
        /// The first sample of each channel, counted from the reel's start.
        let start: Int
        /// Samples of each channel.
        let count: Int
        /// Further samples on each side of them, for fading into the neighbours; 0 at the reel's ends.
        let before: Int
        let after: Int
        /// Where the first of all of them stands in the file.
        let place: Int
        /// The shot's own loudness in LUFS; minus infinity for silence.
        var loudness = -Double.infinity

        /// All of its samples, counted from the reel's start.
        var whole: Range<Int> { start - before..<start + count + after }
        /// All of its samples in the file.
        var stored: Range<Int> { place..<place + before + count + after }
    }

    let file: AudioFile
    let parts: [Part]
    /// The reel's samples of each channel.
    let count: Int

    var channels: Int { file.channels }
}
