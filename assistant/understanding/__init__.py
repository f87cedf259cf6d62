"""What does this message want: sure phrases first; examples and the model join later."""
