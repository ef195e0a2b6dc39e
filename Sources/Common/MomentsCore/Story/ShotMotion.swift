/// How a shot's picture moves.
public enum ShotMotion: String, CaseIterable, Codable, Sendable {
    case zoomIn = "zoom_in"
    case zoomOut = "zoom_out"
    case panLeft = "pan_left"
    case panRight = "pan_right"
    case panUp = "pan_up"
    case panDown = "pan_down"
    case still
}
