internal import CLibAV
internal import MomentsMedia

/// What the frames are like that pictures are laid over.
struct OverlayForm {
    /// The width of a frame as shown: square pixels, upright.
    let shownWidth: Int
    /// The height as shown.
    let shownHeight: Int
    /// How coded frames are turned for showing.
    var orientation = Orientation.upright
    /// How colours are coded; nil for as each frame says.
    var colors: OverlayColors?
}
