/// What a word of a wish can stand for besides being said: a sign that the analysis measures.
public enum WishSign: String, CaseIterable, Sendable {
    /// Many hands or voices at once: a crowd, applause, cheering.
    case cheer
    /// It is loud.
    case loud
    /// It is quiet.
    case quiet
    /// Somebody speaks.
    case speech
    /// Things move fast.
    case motion
    /// Hardly anything moves.
    case calm
    /// It is dark.
    case dark
    /// It is bright.
    case bright
    /// A face is seen.
    case face
    /// Somebody is seen.
    case person
    /// Many people are seen.
    case people
    /// Somebody laughs, as subtitles tell.
    case laughter
}
