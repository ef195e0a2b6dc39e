/// How the pixels of an observed frame are laid out; each plane's rows are tight, a byte a value.
public enum PixelForm: Hashable, Sendable {
    /// One plane of brightness, 16–235.
    case luma
    /// Brightness (16–235), then blue and red difference (16–240), each of half the width and height: YUV 4:2:0.
    case planar
    /// One plane of red, green and blue (0–255) for each pixel in turn; HDR is left as dim as its coding has it.
    case rgb
}
