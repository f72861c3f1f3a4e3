"""What is done for the user, each asked for and confirmed: mail moved, test mail, room made."""
