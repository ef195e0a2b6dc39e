/// What is known of a sound track when one is to be chosen.
package struct AudioCandidate: Hashable, Sendable {
    /// Its stream's index.
    package var index: Int
    /// The codec's name.
    package var codec = "aac"
    /// Whether it belongs to the programme of the pictures, or to none.
    package var isInProgramme = true
    /// Whether it can be decoded.
    package var isDecodable = true
    /// Whether the file marks it as the one to play.
    package var isDefault = false
    /// Whether it is no sound of the scene itself: a commentary, a description for the blind.
    package var isAside = false
    /// Its language's tag; nil without.
    package var language: String?
    /// How many channels it has.
    package var channels = 2
    /// Its samples per second.
    package var sampleRate = 48_000
    /// How loud its loudest tenth of a second is where it was listened to, in dB of full scale; nil where nobody listened.
    package var level: Double?

    /// Makes one; everything else is to be filled in.
    package init(index: Int) { self.index = index }
}
